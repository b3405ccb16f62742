/*
 * Scheduling as processes see it: policies, real-time priorities, nice values; and the time that they have used.
 *
 *   SCHED_FIFO, SCHED_RR   priority 1 .. 11          ->  priorities 21 .. 31 of the kernel
 *   SCHED_OTHER            nice -20 .. -1            ->  20 .. 17, five values to each
 *                          nice 0                    ->  16, THREAD_PRIO_DEFAULT
 *                          nice 1 .. 19              ->  15 .. 6, two values to each
 *
 * The policy is not stored: a thread of SCHED_OTHER is a round-robin thread with a base priority of at most OTHER_MAX. Its own
 * priority is meant everywhere here; a borrower may run above it, by what its lender passes on.
 */
#include "internal.h"

#include <arch.h>
#include <kernel/config.h>

#define OTHER_MAX 20

_Static_assert(OTHER_MAX + ABI_SCHED_PRIORITY_MAX == THREAD_PRIO_MAX, "all priorities are used");
_Static_assert(ABI_SCHED_SLICE_NS == 1000000000 / CONFIG_SLICES_PER_SECOND, "what sched_rr_get_interval tells");

/* NULL: none, or one that has ended. */
static struct process *process_living(int pid)
{
	struct process *process = pid == 0 ? process_current() : process_find(pid);

	return process && process->thread ? process : NULL;
}

static unsigned prio_of_nice(int nice)
{
	return (unsigned)(THREAD_PRIO_DEFAULT - (nice > 0 ? (nice + 1) / 2 : (nice - 4) / 5));
}

static int policy_of(const struct thread *thread)
{
	if (thread->base_prio <= OTHER_MAX)
		return ABI_SCHED_OTHER;
	return thread->policy == THREAD_FIFO ? ABI_SCHED_FIFO : ABI_SCHED_RR;
}

static int priority_of(const struct thread *thread)
{
	return thread->base_prio <= OTHER_MAX ? 0 : thread->base_prio - OTHER_MAX;
}

/* 0 for SCHED_OTHER, a real-time priority for the others. */
static bool priority_valid(int policy, int priority)
{
	if (policy == ABI_SCHED_OTHER)
		return priority == 0;
	return (policy == ABI_SCHED_FIFO || policy == ABI_SCHED_RR) && priority >= ABI_SCHED_PRIORITY_MIN &&
	       priority <= ABI_SCHED_PRIORITY_MAX;
}

int sched_parse(int policy, int priority, int nice, enum thread_policy *kernel_policy, unsigned *kernel_prio)
{
	if (!priority_valid(policy, priority))
		return -EINVAL;
	if (policy != ABI_SCHED_OTHER && !caller_is_superuser())
		return -EPERM;
	*kernel_policy = policy == ABI_SCHED_FIFO ? THREAD_FIFO : THREAD_RR;
	*kernel_prio = policy == ABI_SCHED_OTHER ? prio_of_nice(nice) : OTHER_MAX + (unsigned)priority;
	return 0;
}

/* Policy and priority of all threads. */
long sys_sched_setscheduler(int pid, int policy, const int *priority)
{
	struct process *process = process_living(pid);
	enum thread_policy kernel_policy;
	unsigned prio;
	int before, error = sched_parse(policy, *priority, process ? process->nice : 0, &kernel_policy, &prio);

	if (error < 0)
		return error;
	if (!process)
		return -ESRCH;
	if (!caller_may_act_on(process))
		return -EPERM;
	before = policy_of(process->thread);
	for (struct thread *it = thread_after(process, NULL); it; it = thread_after(process, it))
		thread_set_priority(it, kernel_policy, prio);
	return before;
}

long sys_thread_sched(int tid, const int *wanted, int *old)
{
	struct thread *thread = threads_find(tid);
	enum thread_policy kernel_policy;
	unsigned prio;
	int error = wanted ? sched_parse(wanted[0], wanted[1], process_current()->nice, &kernel_policy, &prio) : 0;

	if (error < 0 || !thread)
		return error < 0 ? error : -ESRCH;
	if (old) {
		old[0] = policy_of(thread);
		old[1] = priority_of(thread);
	}
	if (wanted)
		thread_set_priority(thread, kernel_policy, prio);
	return 0;
}

long sys_sched_getscheduler(int pid, int *priority)
{
	const struct process *process = process_living(pid);
	const struct thread *thread;

	if (!process)
		return -ESRCH;
	thread = pid == 0 ? thread_current() : process->thread;
	if (priority)
		*priority = priority_of(thread);
	return policy_of(thread);
}

static bool is_meant(const struct process *process, int which, int who)
{
	if (!process->thread)
		return false;
	if (which == ABI_PRIO_USER)
		return limits_uid(process->limits) == (who ? (unsigned)who : limits_uid(process_current()->limits));
	if (which == ABI_PRIO_PGRP)
		return process->pgrp == (who ? who : process_current()->pgrp);
	return process->pid == (who ? who : process_current()->pid);
}

static int nice_set(struct process *process, int nice)
{
	nice = nice < ABI_NICE_MIN ? ABI_NICE_MIN : nice > ABI_NICE_MAX ? ABI_NICE_MAX : nice;
	if (!caller_may_act_on(process))
		return -EPERM;
	if (nice < process->nice && !caller_is_superuser())
		return -EACCES;
	process->nice = (int16_t)nice;
	for (struct thread *it = thread_after(process, NULL); it; it = thread_after(process, it))
		if (policy_of(it) == ABI_SCHED_OTHER)
			thread_set_priority(it, THREAD_RR, prio_of_nice(nice));
	return 0;
}

long sys_setpriority(int which, int who, const int *nice, int *old)
{
	int lowest = ABI_NICE_MAX + 1, wanted = nice ? *nice : 0, error = 0, refused;

	if (which < ABI_PRIO_PROCESS || which > ABI_PRIO_USER)
		return -EINVAL;
	for (struct process *it = process_next(NULL); it; it = process_next(it)) {
		if (!is_meant(it, which, who))
			continue;
		if (it->nice < lowest)
			lowest = it->nice;
		refused = nice ? nice_set(it, wanted) : 0;
		error = refused ? refused : error;
	}
	if (lowest > ABI_NICE_MAX)
		return -ESRCH;
	if (old)
		*old = lowest;
	return error;
}

void usage_set(struct abi_rusage *usage, ticks_t ticks)
{
	uint64_t seconds;
	uint32_t nanoseconds;

	timer_to_ns(ticks, &seconds, &nanoseconds);
	*usage = (struct abi_rusage){.ru_utime = {(int64_t)seconds, (long)(nanoseconds / 1000)}};
}

long sys_getrusage(int who, struct abi_rusage *usage)
{
	if (who == ABI_RUSAGE_SELF)
		usage_set(usage, process_cpu_time(process_current()));
	else if (who == ABI_RUSAGE_CHILDREN)
		usage_set(usage, process_current()->children_runtime);
	else
		return -EINVAL;
	return 0;
}
