/*
 * The processor's side of structures that the kernel embeds.
 */
#pragma once

#include <board.h>
#include <kernel/config.h>
#include <kernel/guard.h>

#include <stdint.h>

/* Registers of user mode. Assembly relies on this layout (riscv/layout.h). */
struct trapframe {
	uintptr_t pc;
	uintptr_t x[31]; /* x1 (ra) .. x31 (t6) */
	struct guard guard;
};

/* A suspended context: everything else lies on its stack. */
struct arch_context {
	uintptr_t sp;
};

/* PMP addresses as written to pmpaddr0..3: two TOR pairs, text (R X) and arena (R W). */
struct arch_space {
	uintptr_t pmpaddr[4];
};

/* Kernel stack of a thread, the trap frame at its top included. */
#define ARCH_KSTACK_SIZE (CONFIG_KSTACK_WORDS * sizeof(uintptr_t))

/* uname()'s machine. */
#if __riscv_xlen == 64
#define ARCH_MACHINE "riscv64"
#else
#define ARCH_MACHINE "riscv32"
#endif

/* Counts a second of arch_time(). */
#define ARCH_TIMER_HZ BOARD_TIMER_HZ
