/*
 * The real-time interval timer: SIGALRM. Its structure exists once it was armed; it is not inherited by vfork and survives exec.
 */
#include "internal.h"
#include "sigqueue.h"

struct itimer {
	struct timer timer;
	ticks_t interval;
	struct process *process;
};

/* Expirations that were missed are left out: an interval shorter than its handling must not hold up the kernel. */
static ticks_t next_deadline(const struct itimer *itimer)
{
	ticks_t next = itimer->timer.deadline + itimer->interval, now = timer_now();

	return next > now ? next : now + itimer->interval;
}

static void itimer_fire(struct timer *timer)
{
	struct itimer *itimer = list_entry(timer, struct itimer, timer);

	if (itimer->interval)
		timer_start(timer, next_deadline(itimer));
	signal_send(itimer->process, ABI_SIGALRM);
}

void itimer_release(struct signals *signals)
{
	if (!signals->itimer)
		return;
	timer_stop(&signals->itimer->timer);
	mem_free(signals->itimer);
	signals->itimer = NULL;
}

static bool timeval_valid(const struct abi_timeval *time)
{
	return time->tv_sec >= 0 && time->tv_usec >= 0 && time->tv_usec < 1000000;
}

static ticks_t ticks_of(const struct abi_timeval *time)
{
	return timer_from_ns((uint64_t)time->tv_sec, (uint32_t)time->tv_usec * 1000);
}

static void timeval_set(struct abi_timeval *time, ticks_t ticks)
{
	uint64_t seconds;
	uint32_t ns;

	timer_to_ns(ticks, &seconds, &ns);
	*time = (struct abi_timeval){(int64_t)seconds, (long)(ns / 1000)};
}

static void itimer_read(const struct itimer *itimer, struct abi_itimerval *value)
{
	ticks_t now = timer_now();
	bool armed = itimer && timer_armed(&itimer->timer);

	timeval_set(&value->it_interval, itimer ? itimer->interval : 0);
	timeval_set(&value->it_value, armed && itimer->timer.deadline > now ? itimer->timer.deadline - now : armed);
}

long sys_getitimer(int which, struct abi_itimerval *value)
{
	if (which != ABI_ITIMER_REAL)
		return -EINVAL;
	itimer_read(process_current()->signals.itimer, value);
	return 0;
}

static struct itimer *itimer_get(struct process *process)
{
	struct itimer *itimer = process->signals.itimer;

	if (itimer)
		return itimer;
	itimer = mem_zalloc(sizeof *itimer);
	if (itimer) {
		timer_init(&itimer->timer, itimer_fire);
		itimer->process = process;
	}
	process->signals.itimer = itimer;
	return itimer;
}

long sys_setitimer(int which, const struct abi_itimerval *value, struct abi_itimerval *old)
{
	struct process *process = process_current();
	struct abi_itimerval wanted = *value;
	struct itimer *itimer;
	ticks_t span;

	if (which != ABI_ITIMER_REAL || !timeval_valid(&wanted.it_value) || !timeval_valid(&wanted.it_interval))
		return -EINVAL;
	itimer = itimer_get(process);
	if (!itimer)
		return -ENOMEM;
	if (old)
		itimer_read(itimer, old);
	span = ticks_of(&wanted.it_value);
	itimer->interval = ticks_of(&wanted.it_interval);
	timer_stop(&itimer->timer);
	if (span)
		timer_start(&itimer->timer, timer_now() + (span < TICKS_NEVER / 2 ? span : TICKS_NEVER / 2));
	return 0;
}
