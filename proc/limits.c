/*
 * Users and resource limits.
 *
 * Invariants: a process without a record is the superuser's and has no limit but the system's own; a record is changed only while one
 * process has it; a soft limit is never above its hard limit; RLIMIT_NOFILE's soft limit is process->files.limit.
 *
 * RLIMIT_CPU is looked after by one timer, which runs only while some record has such a limit: processes are looked at four times a second, so a
 * process can overrun by a quarter of a second.
 */
#include <proc/limits.h>

#include "internal.h"

#include <arch.h>
#include <kernel/mem.h>
#include <kernel/timer.h>
#include <proc/signal.h>

#define LOOKS_PER_SECOND 4

static void cpu_look(struct timer *timer);

static struct {
	struct timer timer;
	unsigned records; /* with a limit of processor time */
} cpu_limits = {.timer.link = LIST_INIT(cpu_limits.timer.link), .timer.fire = cpu_look};

static bool limits_cpu(const struct limits *limits)
{
	return limits->of[ABI_RLIMIT_CPU].rlim_cur != ABI_RLIM_INFINITY || limits->of[ABI_RLIMIT_CPU].rlim_max != ABI_RLIM_INFINITY;
}

static unsigned long seconds_used(const struct process *process)
{
	uint64_t seconds;
	uint32_t nanoseconds;

	timer_to_ns(process_cpu_time(process), &seconds, &nanoseconds);
	return (unsigned long)seconds;
}

/* SIGXCPU at the soft limit and at each second beyond it, SIGKILL at the hard one. */
static void look_at(struct process *process)
{
	const struct abi_rlimit *limit = &process->limits->of[ABI_RLIMIT_CPU];
	unsigned long used = seconds_used(process);

	if (used >= limit->rlim_max) {
		signal_send(process, ABI_SIGKILL);
	} else if (used >= limit->rlim_cur && used - limit->rlim_cur >= process->cpu_warnings) {
		process->cpu_warnings++;
		signal_send(process, ABI_SIGXCPU);
	}
}

static void cpu_look(struct timer *timer)
{
	for (struct process *it = process_next(NULL); it; it = process_next(it))
		if (it->limits && it->thread)
			look_at(it);
	if (cpu_limits.records)
		timer_start(timer, timer_now() + ARCH_TIMER_HZ / LOOKS_PER_SECOND);
}

/* A record with a limit of processor time came, or went. */
static void cpu_count(int change)
{
	cpu_limits.records += (unsigned)change;
	if (cpu_limits.records && !timer_armed(&cpu_limits.timer))
		cpu_look(&cpu_limits.timer);
}

void limits_release(struct limits *limits)
{
	if (--limits->refs)
		return;
	cpu_count(-(int)limits_cpu(limits));
	mem_free(limits);
}

/* What a process without a record has. */
static struct abi_rlimit limit_default(unsigned resource)
{
	unsigned long most = resource == ABI_RLIMIT_NOFILE ? ABI_OPEN_MAX : ABI_RLIM_INFINITY;

	return (struct abi_rlimit){most, most};
}

static struct limits *limits_create(const struct limits *from)
{
	struct limits *limits = mem_alloc(sizeof *limits);

	if (!limits)
		return NULL;
	if (from) {
		*limits = *from;
	} else {
		limits->uid = limits->gid = 0;
		for (unsigned i = 0; i < ABI_RLIMITS; i++)
			limits->of[i] = limit_default(i);
	}
	limits->refs = 1;
	cpu_count(limits_cpu(limits));
	return limits;
}

/* The caller's record, to be changed: nobody else has it. NULL without memory. */
static struct limits *limits_own(struct process *process)
{
	struct limits *limits = process->limits;

	if (limits && limits->refs == 1)
		return limits;
	limits = limits_create(process->limits);
	if (!limits)
		return NULL;
	if (process->limits)
		limits_release(process->limits);
	process->limits = limits;
	return limits;
}

bool caller_is_superuser(void)
{
	return limits_uid(process_current()->limits) == 0;
}

bool caller_may_act_on(const struct process *process)
{
	unsigned uid = limits_uid(process_current()->limits);

	return uid == 0 || uid == limits_uid(process->limits);
}

bool limits_forbid_process(const struct process *process)
{
	unsigned uid = limits_uid(process->limits);
	unsigned long left = limits_soft(process->limits, ABI_RLIMIT_NPROC);

	if (uid == 0 || left == ABI_RLIM_INFINITY)
		return false;
	for (const struct process *it = process_next(NULL); it && left; it = process_next(it))
		left -= limits_uid(it->limits) == uid;
	return left == 0;
}

unsigned long limits_file_size(void)
{
	return limits_soft(process_current()->limits, ABI_RLIMIT_FSIZE);
}

long limits_file_exceeded(void)
{
	signal_send(process_current(), ABI_SIGXFSZ);
	return -EFBIG;
}

static struct abi_rlimit limit_of(const struct process *process, unsigned resource)
{
	struct abi_rlimit limit = process->limits ? process->limits->of[resource] : limit_default(resource);

	if (resource == ABI_RLIMIT_NOFILE)
		limit.rlim_cur = process->files.limit;
	return limit;
}

static int limit_set(struct process *process, unsigned resource, struct abi_rlimit limit, unsigned long hard)
{
	struct limits *limits;

	if (resource == ABI_RLIMIT_NOFILE && limit.rlim_max > ABI_OPEN_MAX)
		return -EPERM; /* the superuser's as well: the table holds no more */
	if (limit.rlim_max > hard && !caller_is_superuser())
		return -EPERM;
	limits = limits_own(process);
	if (!limits)
		return -ENOMEM;
	cpu_count(-(int)limits_cpu(limits));
	limits->of[resource] = limit;
	if (resource == ABI_RLIMIT_NOFILE)
		process->files.limit = (uint8_t)limit.rlim_cur;
	cpu_count(limits_cpu(limits));
	return 0;
}

long sys_prlimit(int resource, const struct abi_rlimit *new, struct abi_rlimit *old)
{
	struct process *process = process_current();
	struct abi_rlimit wanted, before;
	int error = 0;

	if (resource < 0 || resource >= ABI_RLIMITS)
		return -EINVAL;
	before = limit_of(process, (unsigned)resource);
	if (new) {
		wanted = *new;
		if (wanted.rlim_cur > wanted.rlim_max)
			return -EINVAL;
		error = limit_set(process, (unsigned)resource, wanted, before.rlim_max);
	}
	if (old && error == 0)
		*old = before;
	return error;
}

long sys_setids(int which, int id)
{
	struct process *process = process_current();
	struct limits *limits = process->limits;
	int before = limits ? which == ABI_ID_USER ? limits->uid : limits->gid : 0;

	if ((which != ABI_ID_USER && which != ABI_ID_GROUP) || id < -1 || id >= UINT16_MAX)
		return -EINVAL;
	if (id == -1 || id == before)
		return before;
	if (!caller_is_superuser())
		return -EPERM;
	limits = limits_own(process);
	if (!limits)
		return -ENOMEM;
	*(which == ABI_ID_USER ? &limits->uid : &limits->gid) = (uint16_t)id;
	return before;
}
