/* The width of a word in assembly, and what every stub shares. Nothing here touches the stack. */
#pragma once

#if __riscv_xlen == 64
#define WORD 8
#define WORD_SHIFT 3
#define LOAD ld
#define STORE sd
#else
#define WORD 4
#define WORD_SHIFT 2
#define LOAD lw
#define STORE sw
#endif

/* What a handler finds at sp: struct abi_siginfo, and then, this far above it, struct abi_ucontext (asserts.c). */
#define SIGFRAME_CONTEXT (24 + 2 * WORD)
