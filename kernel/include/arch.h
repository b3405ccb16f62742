/*
 * The contract between the kernel and the processor. arch/riscv implements it with CSRs; tests/host implements it natively for
 * unit tests. Interrupts are masked while any of it runs.
 */
#pragma once

#include <arch_types.h> /* struct arch_context, struct arch_space, struct trapframe, ARCH_KSTACK_SIZE, ARCH_TIMER_HZ */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Saves the running context and goes on with another. */
void arch_switch(struct arch_context *from, const struct arch_context *to);
/* A context that runs entry(arg) on the stack that ends at `top`. */
void arch_context_init(struct arch_context *context, void *top, void (*entry)(void *), void *arg);
/* A context that leaves to user mode with the registers in `frame`, on the kernel stack just below it. */
void arch_context_init_user(struct arch_context *context, struct trapframe *frame);
/* The same for a frame of arch_frame_copy_call. */
void arch_context_init_call(struct arch_context *context, struct trapframe *frame);

/* The monotonic counter, and the deadline of the timer interrupt (UINT64_MAX: none). */
uint64_t arch_time(void);
void arch_timer_set(uint64_t deadline);
/* Handles interrupts that are pending now. Returns true if there were any. */
bool arch_poll_interrupts(void);
/* Sleeps until an interrupt is pending (wfi), then handles it. */
void arch_idle(void);

/* What user mode may touch: text to read and execute, data to read and write; both ends multiples of 4. */
void arch_space_set(struct arch_space *space, uintptr_t text, uintptr_t text_end, uintptr_t data, uintptr_t data_end);
/* Opens it on the processor, closing the one before. NULL closes everything. */
void arch_space_load(const struct arch_space *space);

/* Whether that closes anything: false on a processor that cannot. */
bool arch_isolates(void);

/* A frame for a fresh program: every register 0 but these, and no guard. Each struct trapframe has a member `guard` (kernel/guard.h). */
void arch_frame_init(struct trapframe *frame, uintptr_t pc, uintptr_t sp, uintptr_t gp);
/* Of another thread of the program that `program` is a frame of: every register 0 but these (two arguments, thread pointer), and gp. */
struct arch_entry {
	uintptr_t pc, argument[2], sp, tp;
};
void arch_frame_thread(struct trapframe *frame, const struct trapframe *program, const struct arch_entry *entry);
/* What a system call preserves of a frame that one has made, and its `result` (vfork's child). The guard is the caller's affair. */
void arch_frame_copy_call(struct trapframe *to, const struct trapframe *from, long result);
/* System calls: the number and the first argument as they came in; the result; and going back to make the call again. */
unsigned arch_frame_call_number(const struct trapframe *frame);
/* Before the call is made: all that a call may have, and its full number. */
void arch_frame_arguments(const struct trapframe *frame, uintptr_t arguments[6], unsigned *number);
uintptr_t arch_frame_argument(const struct trapframe *frame);
void arch_frame_set_result(struct trapframe *frame, long result);
void arch_frame_repeat_call(struct trapframe *frame, uintptr_t argument);
/* Signal handlers: the registers as a program sees them (pc, x1 .. x31), and a call of `function` that returns to `back`. */
void arch_frame_save(const struct trapframe *frame, uintptr_t registers[32]);
void arch_frame_load(struct trapframe *frame, const uintptr_t registers[32]);
void arch_frame_call(struct trapframe *frame, uintptr_t function, uintptr_t sp, uintptr_t back, uintptr_t a0, uintptr_t a1,
		     uintptr_t a2);
uintptr_t arch_frame_pc(const struct trapframe *frame);
/* Where the function returns that made a system call and nothing else: a stub's caller. */
uintptr_t arch_frame_return_address(const struct trapframe *frame);
uintptr_t arch_frame_sp(const struct trapframe *frame);
/* Name and value of the i-th register; false when there are no more. Crash reports. */
bool arch_frame_register(const struct trapframe *frame, unsigned i, const char **name, uintptr_t *value);
/* Prints return addresses of kernel frames. */
void arch_backtrace(const struct trapframe *frame);

/* After text was written by stores: makes instruction fetches see it (fence.i). */
void arch_sync_text(void);

/* The board's calendar clock: nanoseconds since 1970-01-01 UTC, 0 when it has none. */
uint64_t arch_calendar_ns(void);

/* Sends one byte to the console by polling. */
void arch_console_put(char c);

/* Ends the machine; a board without a way to do so stops in a loop. */
_Noreturn void arch_poweroff(int code);
_Noreturn void arch_restart(void);
