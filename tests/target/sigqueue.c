/*
 * Queued signals with values, and signals that are waited for instead of handled.
 */
#include "harness.h"
#include "signalling.h"

#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static int sigqueue_sends_a_value(void)
{
	CHECK_EQUAL(handle_info(SIGUSR1, note_info, 0), 0);
	CHECK_EQUAL(handle_info(SIGRTMAX, note_info, 0), 0);
	CHECK_EQUAL(sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = 77}), 0);
	CHECK_EQUAL(info.si_code, SI_QUEUE);
	CHECK_EQUAL(info.si_pid, getpid());
	CHECK_EQUAL(info.si_value.sival_int, 77);
	CHECK_EQUAL(sigqueue(getpid(), SIGRTMAX, (union sigval){.sival_ptr = &info}), 0);
	CHECK_EQUAL(info.si_signo, SIGRTMAX);
	CHECK(info.si_value.sival_ptr == &info);
	CHECK_EQUAL(sigqueue(getpid(), 0, (union sigval){.sival_int = 0}), 0);
	CHECK_EQUAL(sigqueue(getpid(), NSIG, (union sigval){.sival_int = 0}), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(sigqueue(1000000, SIGUSR1, (union sigval){.sival_int = 0}), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(calls, 2);
	return 0;
}

static int sigtimedwait_gives_eagain_after_its_time(void)
{
	sigset_t set = BIT(SIGUSR1);
	struct timespec span = {.tv_nsec = 20000000}, before, after;

	CHECK_EQUAL(change_mask(SIG_BLOCK, set), 0);
	CHECK_EQUAL(clock_gettime(CLOCK_MONOTONIC, &before), 0);
	CHECK_EQUAL(sigtimedwait(&set, NULL, &span), -1);
	CHECK_EQUAL(errno, EAGAIN);
	CHECK_EQUAL(clock_gettime(CLOCK_MONOTONIC, &after), 0);
	CHECK((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec >= span.tv_nsec);
	CHECK_EQUAL(sigtimedwait(&set, NULL, &(struct timespec){0}), -1);
	CHECK_EQUAL(errno, EAGAIN);
	CHECK_EQUAL(sigtimedwait(&set, NULL, &(struct timespec){.tv_nsec = 1000000000}), -1);
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

static int realtime_signals_queue_in_order_and_none_is_lost(void)
{
	sigset_t set = BIT(SIGRTMIN) | BIT(SIGRTMIN + 1);
	siginfo_t got;

	CHECK_EQUAL(change_mask(SIG_BLOCK, set), 0);
	for (int i = 0; i < 20; i++)
		CHECK_EQUAL(sigqueue(getpid(), SIGRTMIN + 1, (union sigval){.sival_int = i}), 0);
	CHECK_EQUAL(sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 100}), 0);
	CHECK_EQUAL(sigwaitinfo(&set, &got), SIGRTMIN);
	CHECK_EQUAL(got.si_value.sival_int, 100);
	for (int i = 0; i < 20; i++) {
		CHECK_EQUAL(sigtimedwait(&set, &got, &(struct timespec){0}), SIGRTMIN + 1);
		CHECK_EQUAL(got.si_signo, SIGRTMIN + 1);
		CHECK_EQUAL(got.si_code, SI_QUEUE);
		CHECK_EQUAL(got.si_pid, getpid());
		CHECK_EQUAL(got.si_value.sival_int, i);
	}
	CHECK_EQUAL(sigtimedwait(&set, &got, &(struct timespec){0}), -1);
	CHECK_EQUAL(errno, EAGAIN);
	return 0;
}

static volatile int values[16];

static void note_value(int sig, siginfo_t *from, void *context)
{
	(void)context;
	values[calls & 15] = from->si_value.sival_int;
	note(sig);
}

static int each_queued_signal_runs_the_handler(void)
{
	CHECK_EQUAL(handle_info(SIGRTMIN + 3, note_value, 0), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGRTMIN + 3)), 0);
	for (int i = 0; i < 10; i++)
		CHECK_EQUAL(sigqueue(getpid(), SIGRTMIN + 3, (union sigval){.sival_int = i}), 0);
	CHECK_EQUAL(change_mask(SIG_UNBLOCK, BIT(SIGRTMIN + 3)), 0);
	CHECK_EQUAL(calls, 10);
	for (int i = 0; i < 10; i++)
		CHECK_EQUAL(values[i], i);
	return 0;
}

/* What is left in the queue when the process ends is freed: the harness looks at the memory. */
static int queued_signals_are_freed_at_the_end(void)
{
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGRTMIN)), 0);
	for (int i = 0; i < 10; i++)
		CHECK_EQUAL(sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = i}), 0);
	return 0;
}

static int sigwait_takes_signals_of_others_and_tells_who(void)
{
	sigset_t set = BIT(SIGUSR1);
	siginfo_t got;
	int fds[2], sig = 0;

	CHECK_EQUAL(change_mask(SIG_BLOCK, set), 0);
	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid_t pid = target_start("pokes", -1, fds[1]);
	CHECK_EQUAL(sigwaitinfo(&set, &got), SIGUSR1);
	CHECK_EQUAL(got.si_code, SI_USER);
	CHECK_EQUAL(got.si_pid, pid);
	CHECK_EQUAL(target_wait(pid), 0);
	pid = target_start("pokes", -1, fds[1]);
	CHECK_EQUAL(sigwait(&set, &sig), 0);
	CHECK_EQUAL(sig, SIGUSR1);
	CHECK_EQUAL(target_wait(pid), 0);
	close(fds[0]);
	close(fds[1]);
	return 0;
}

static int another_signal_interrupts_sigwaitinfo(void)
{
	sigset_t set = BIT(SIGUSR1);

	CHECK_EQUAL(handle(SIGALRM, note, SA_RESTART), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, set), 0);
	CHECK_EQUAL(alarm_ms(5), 0);
	CHECK_EQUAL(sigwaitinfo(&set, NULL), -1);
	CHECK_EQUAL(errno, EINTR);
	CHECK_EQUAL(calls, 1);
	return 0;
}

TARGET_CASES(sigqueue, CASE(sigqueue_sends_a_value), CASE(sigtimedwait_gives_eagain_after_its_time),
	     CASE(realtime_signals_queue_in_order_and_none_is_lost), CASE(each_queued_signal_runs_the_handler),
	     CASE(queued_signals_are_freed_at_the_end), CASE(sigwait_takes_signals_of_others_and_tells_who),
	     CASE(another_signal_interrupts_sigwaitinfo), HELPER(pokes))
