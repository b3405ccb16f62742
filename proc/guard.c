/*
 * Guarded system calls: those of a borrower that the trap path does not find in order by itself, and all of a watched process.
 *
 * A child of vfork that returned from the function that called vfork, or jumped above it, has given away the frame in which its parent
 * will go on: it is ended at the system call that follows, before that is made. How it is found out stands in kernel/guard.h.
 */
#include "internal.h"

#include <abi/slots.h>
#include <arch.h>
#include <kernel/trap.h>

typedef long (*syscall_entry)(uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t);
extern long (*const syscall_table[SYSCALL_SLOTS])(void);

/* The stack pointer is above the borrowed frame, but on a stack where that means nothing: a handler's, or one of the program's own. */
static bool other_stack(const struct process *process, uintptr_t end, uintptr_t sp)
{
	if (signals_on_stack(sigthread_current(), sp))
		return !signals_on_stack(sigthread_current(), end - 1);
	return end < process->space->data && sp >= process->space->data;
}

bool guard_popped(const struct process *process, const struct trapframe *frame)
{
	const struct guard *guard = &frame->guard;
	uintptr_t sp = arch_frame_sp(frame);

	if (!process->borrowing || !guard->end)
		return false;
	if (!(guard->end & 1) && ((const uintptr_t *)guard->end)[-1] != guard->word)
		return true;
	return sp >= guard->end && !other_stack(process, guard->end, sp);
}

static _Noreturn void popped_stop(struct process *process, const struct trapframe *frame)
{
	const struct thread *lender = loan_lender(process);

	klog_emergency("\n");
	report_loan(process, "the child returned from the function that called vfork\n");
	report_line(process, "... or left it: killed at a system call in ", 0, arch_frame_return_address(frame));
	if (lender) {
		report_loan(process, "vfork was called in ");
		report_address(process->space, arch_frame_return_address(lender->frame));
		klog_emergency(" by %u, whose frame is lost\n", process->parent->pid);
	}
	process_exit(PROCESS_STATUS_SIGNAL(ABI_SIGKILL));
}

long guard_call(const struct guarded_call *call)
{
	const uintptr_t *a = call->arguments;
	syscall_entry entry = (syscall_entry)(void *)syscall_table[call->number];

	return entry ? entry(a[0], a[1], a[2], a[3], a[4], a[5]) : -ENOSYS;
}

long trap_guarded_call(struct trapframe *frame)
{
	struct process *process = process_current();
	struct guarded_call call;

	arch_frame_arguments(frame, call.arguments, &call.number);
	if (guard_popped(process, frame))
		popped_stop(process, frame);
	if (process->watched)
		return sanitizer_call(process, &call);
	if (!process->borrowing)
		frame->guard.calls = SYSCALL_SLOTS; /* no longer watched */
	return guard_call(&call);
}
