/*
 * bench256k: like true, with 256 KiB of text that never runs. Executed in place, it must not take longer to start.
 */

/* main refers to the filler, so that the linker keeps it. */
__asm__(".pushsection .text.filler, \"ax\", @progbits\n"
	".globl bench_filler\n"
	".hidden bench_filler\n"
	".type bench_filler, @function\n"
	"bench_filler:\n"
	".fill 65536, 4, 0x00000013\n" /* nop */
	".size bench_filler, 262144\n"
	".popsection\n");

void bench_filler(void);

int main(int argc, char **argv)
{
	(void)argv;
	if (argc < 0)
		bench_filler();
	return 0;
}
