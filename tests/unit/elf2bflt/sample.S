/* A little of everything that elf2bflt handles: what the API tests and the fuzzer start from. */
#if __riscv_xlen == 64
#define WORD .dword
#define LOAD ld
#else
#define WORD .word
#define LOAD lw
#endif
	.globl _start, exported
	.weak nothing
	.hidden nothing
_start:
	lla a0, far
	lw a1, far
	sw a1, near, t0
	lb a2, near
	la a3, exported
	la a4, nothing
	lla a5, table
	lui a6, %hi(constant)
	call exported
	beqz a0, 1f
	LOAD a7, pointers
1:	ebreak
exported:
	ret
	.section .rodata
table:
	.word exported - table, 1b - table
	.data
near:
	.word 1
	.balign 8
pointers:
	WORD exported, far, near + 2
	.equ constant, 0x12345
	.bss
	.space 10000
far:
	.space 64
