/*
 * Actions, masks, alternate stacks. The table of actions holds caught signals only. It is shared after vfork; whoever changes it first gets a
 * copy (rule: dispositions are inherited, not shared).
 */
#include "internal.h"
#include "sigqueue.h"

#include <kernel/string.h>

#define ACTS_STEP 4

static size_t acts_size(unsigned count)
{
	unsigned slots = (count + ACTS_STEP - 1) / ACTS_STEP * ACTS_STEP;

	return sizeof(struct sigacts) + slots * sizeof(struct sigact);
}

struct sigact *sigacts_find(const struct sigacts *acts, int sig)
{
	for (unsigned i = 0; acts && i < acts->count; i++)
		if (acts->act[i].sig == sig)
			return (struct sigact *)&acts->act[i];
	return NULL;
}

void sigacts_release(struct sigacts *acts)
{
	if (acts && --acts->refs == 0)
		mem_free(acts);
}

/* A table of the caller's own with room for `count` actions, holding what was there. */
static struct sigacts *acts_own(struct sigacts *acts, unsigned count)
{
	struct sigacts *own;

	if (acts && acts->refs == 1 && acts_size(count) <= acts_size(acts->count))
		return acts;
	own = mem_alloc(acts_size(count));
	if (!own)
		return NULL;
	own->refs = 1;
	own->count = acts ? acts->count : 0;
	if (acts)
		memcpy(own->act, acts->act, acts->count * sizeof own->act[0]);
	sigacts_release(acts);
	return own;
}

static int action_catch(struct signals *signals, int sig, const struct abi_sigaction *act)
{
	unsigned count = signals->acts ? signals->acts->count : 0;
	bool fresh = !sigacts_find(signals->acts, sig);
	struct sigacts *own = acts_own(signals->acts, count + fresh);
	struct sigact *slot;

	if (!own)
		return -ENOMEM;
	signals->acts = own;
	slot = fresh ? &own->act[own->count++] : sigacts_find(own, sig);
	*slot = (struct sigact){(uint8_t)sig, (uint8_t)act->flags, act->mask & ~SIGNALS_SURE, act->handler, act->restorer};
	signals->caught |= SIGNAL_BIT(sig);
	signals->ignored &= ~SIGNAL_BIT(sig);
	return 0;
}

/* Back to default or ignore. The slot of a table of our own is filled with the last one. */
void action_forget(struct signals *signals, int sig, bool ignore)
{
	struct sigact *slot = signals->acts && signals->acts->refs == 1 ? sigacts_find(signals->acts, sig) : NULL;

	if (slot)
		*slot = signals->acts->act[--signals->acts->count];
	signals->caught &= ~SIGNAL_BIT(sig);
	if (ignore)
		signals->ignored |= SIGNAL_BIT(sig);
	else
		signals->ignored &= ~SIGNAL_BIT(sig);
}

/* Solaris's rule: until it execs, a child sets the default action when it asks for a handler. */
static bool handlers_are_default(const struct process *process)
{
	return (process->fork_flags & ABI_FORK_SIGDFL) && process->borrowing;
}

static int action_set(struct process *process, int sig, const struct abi_sigaction *act)
{
	struct signals *signals = &process->signals;
	int error = 0;

	if (act->handler == ABI_SIG_DFL || act->handler == ABI_SIG_IGN || handlers_are_default(process))
		action_forget(signals, sig, act->handler == ABI_SIG_IGN);
	else
		error = action_catch(signals, sig, act);
	if (error < 0)
		return error;
	if (sig == ABI_SIGCHLD)
		signals->child_flags = (uint8_t)act->flags;
	if ((signals->ignored | SIGNALS_HARMLESS) & ~signals->caught & SIGNAL_BIT(sig))
		signal_discard_all(process, SIGNAL_BIT(sig));
	signals_refresh(process);
	return 0;
}

static void action_get(const struct signals *signals, int sig, struct abi_sigaction *old)
{
	const struct sigact *act = signals->caught & SIGNAL_BIT(sig) ? sigacts_find(signals->acts, sig) : NULL;

	if (act)
		*old = (struct abi_sigaction){act->handler, act->restorer, act->flags, act->mask};
	else
		*old = (struct abi_sigaction){.handler = signals->ignored & SIGNAL_BIT(sig) ? ABI_SIG_IGN : ABI_SIG_DFL,
					      .flags = sig == ABI_SIGCHLD ? signals->child_flags : 0};
}

long sys_sigaction(int sig, const struct abi_sigaction *act, struct abi_sigaction *old)
{
	struct process *process = process_current();
	struct abi_sigaction before;
	int error = 0;

	if (sig <= 0 || sig >= ABI_NSIG || (act && (SIGNAL_BIT(sig) & SIGNALS_SURE)))
		return -EINVAL;
	action_get(&process->signals, sig, &before);
	if (act)
		error = action_set(process, sig, act);
	if (error == 0 && old)
		*old = before;
	return error;
}

void signals_block(abi_sigset mask)
{
	sigthread_current()->blocked = mask & ~SIGNALS_SURE;
	signals_refresh(process_current());
}

long sys_sigprocmask(int how, const abi_sigset *set, abi_sigset *old)
{
	abi_sigset before = sigthread_current()->blocked, mask = set ? *set : 0;

	if (set && how == ABI_SIG_BLOCK)
		mask |= before;
	else if (set && how == ABI_SIG_UNBLOCK)
		mask = before & ~mask;
	else if (set && how != ABI_SIG_SETMASK)
		return -EINVAL;
	if (old)
		*old = before;
	if (set)
		signals_block(mask);
	return 0;
}

long sys_sigpending(abi_sigset *set)
{
	const struct sigpending *own = sigpending_of(thread_current());

	*set = (process_current()->signals.pending.set | (own ? own->set : 0)) & sigthread_current()->blocked;
	return 0;
}

bool signals_on_stack(const struct sigthread *own, uintptr_t sp)
{
	return own->stack && sp - own->stack->ss_sp < own->stack->ss_size;
}

static void altstack_drop(struct sigthread *own)
{
	mem_free(own->stack);
	own->stack = NULL;
}

static int altstack_set(struct sigthread *own, const struct abi_stack *stack)
{
	if (stack->ss_flags & ~ABI_SS_DISABLE)
		return -EINVAL;
	if (stack->ss_flags) {
		altstack_drop(own);
		return 0;
	}
	if (stack->ss_size < ABI_MINSIGSTKSZ)
		return -ENOMEM;
	if (!own->stack)
		own->stack = mem_alloc(sizeof *own->stack);
	if (!own->stack)
		return -ENOMEM;
	*own->stack = *stack;
	return 0;
}

/* A child that cannot get the memory goes without: it is about to exec. */
void sigaltstack_inherit(struct signals *child, const struct abi_stack *stack)
{
	child->first.stack = mem_alloc(sizeof *stack);
	if (child->first.stack)
		*child->first.stack = *stack;
}

long sys_sigaltstack(const struct abi_stack *stack, struct abi_stack *old)
{
	struct sigthread *own = sigthread_current();
	bool active = signals_on_stack(own, arch_frame_sp(thread_current()->frame));
	struct abi_stack before = own->stack ? *own->stack : (struct abi_stack){.ss_flags = ABI_SS_DISABLE};
	int error = 0;

	before.ss_flags |= active ? ABI_SS_ONSTACK : 0;
	if (stack)
		error = active ? -EPERM : altstack_set(own, stack);
	if (error == 0 && old)
		*old = before;
	return error;
}

void signals_forget_handlers(struct process *process)
{
	struct signals *signals = &process->signals;

	sigacts_release(signals->acts);
	signals->acts = NULL;
	signals->caught = 0;
	signals->quiet = signals_quiet(process);
}

void signals_exec(struct process *process)
{
	struct signals *signals = &process->signals;

	signals_forget_handlers(process);
	altstack_drop(&signals->first);
	if (!(signals->ignored & SIGNAL_BIT(ABI_SIGCHLD)))
		signals->child_flags = 0;
	signals_refresh(process);
}

void sigthread_release(struct sigthread *own, struct sigpending *pending)
{
	altstack_drop(own);
	signal_discard(pending, ~(abi_sigset)0);
}

void signals_release_owned(struct signals *signals)
{
	sigacts_release(signals->acts);
	signals->acts = NULL;
	itimer_release(signals);
	sigthread_release(&signals->first, &signals->pending);
}
