/*
 * bench256k: like true, with 256 KiB of text that never runs. Executed in place, it must not take longer to start.
 */

__asm__(".pushsection .text.filler, \"ax\", @progbits\n"
	".globl bench_filler\n"
	".hidden bench_filler\n"
	".type bench_filler, @function\n"
	"bench_filler:\n"
	".fill 65536, 4, 0x00000013\n" /* nop */
	".size bench_filler, 262144\n"
	".popsection\n");

int main(void)
{
	__asm__ volatile(".reloc ., R_RISCV_NONE, bench_filler"); /* no instruction, but the linker keeps the filler */
	return 0;
}
