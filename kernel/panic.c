/*
 * The end: an epitaph on the console, by polling, and power-off with PANIC_EXIT.
 */
#include <kernel/panic.h>

#include <arch.h>
#include <kernel/klog.h>
#include <kernel/thread.h>

#define PANIC_EXIT 125

static bool panicking;

static _Noreturn void panic_end(const struct trapframe *frame)
{
	const struct thread *thread = thread_current();

	klog_emergency("  thread %p, owner %p, priority %u\n", (const void *)thread, thread ? thread->owner : NULL,
		       thread ? thread->prio : 0u);
	arch_backtrace(frame);
	klog_emergency("*** end of panic\n");
	arch_poweroff(PANIC_EXIT);
}

/* A panic inside a panic says no more. */
static void panic_once(void)
{
	if (panicking)
		arch_poweroff(PANIC_EXIT);
	panicking = true;
}

static _Noreturn void panic_at(const char *what, const char *message, const char *file, int line)
{
	panic_once();
	klog_emergency("\n*** panic: %s%s\n  at %s:%d\n", what, message, file, line);
	panic_end(NULL);
}

_Noreturn void panic(const char *message, const char *file, int line)
{
	panic_at("", message, file, line);
}

_Noreturn void panic_assertion(const char *condition, const char *file, int line)
{
	panic_at("assertion failed: ", condition, file, line);
}

_Noreturn void panic_trap(const struct trapframe *frame, uintptr_t cause, uintptr_t address)
{
	const char *name;
	uintptr_t value;

	panic_once();
	klog_emergency("\n*** panic: trap in the kernel\n  cause %lu, pc %p, address %p\n", (unsigned long)cause,
		       (void *)arch_frame_pc(frame), (void *)address);
	for (unsigned i = 0; arch_frame_register(frame, i, &name, &value); i++)
		klog_emergency("%s %3s %p", i % 4 == 0 ? "\n " : "", name, (void *)value);
	klog_emergency("\n");
	panic_end(frame);
}
