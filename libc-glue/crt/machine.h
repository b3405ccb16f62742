/* The width of a word in assembly, and what every stub shares. Nothing here touches the stack. */
#pragma once

#if __riscv_xlen == 64
#define WORD 8
#define WORD_SHIFT 3
#define LOAD ld
#define STORE sd
#define POINTER .dword
#define REENT_SIZE 168
#else
#define WORD 4
#define WORD_SHIFT 2
#define LOAD lw
#define STORE sw
#define POINTER .word
#define REENT_SIZE 88
#endif

/* What a handler finds at sp: struct abi_siginfo, and then, this far above it, struct abi_ucontext (asserts.c). */
#define SIGFRAME_CONTEXT (24 + 2 * WORD)

/* Where the three streams are in struct _reent, whose size is above (asserts.c). */
#define REENT_STREAMS WORD

/* struct thread_tail, which ends at tp: the byte that says that the thread has been cancelled. */
#define THREAD_CANCELLED (-4)
