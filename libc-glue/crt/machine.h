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
