/* Signals in a process of threads: to one of them, to whichever does not block it, and each thread's mask. */
#include "pthreading.h"

#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <unistd.h>

static volatile int handled;
static volatile pthread_t handled_by;
static sem_t go;

static void notes(int sig)
{
	handled += sig;
	handled_by = pthread_self();
}

static int catch(int sig)
{
	const struct sigaction act = { .sa_handler = notes };

	return sigaction(sig, &act, NULL);
}

/* Until it is told, through interruptions. */
static void *stays(void *set)
{
	pthread_sigmask(SIG_SETMASK, set, NULL);
	while (sem_wait(&go) < 0 && errno == EINTR)
		;
	return NULL;
}

static int start_staying(pthread_t *thread, sigset_t *blocked)
{
	return threads_rank() == 0 && sem_init(&go, 0, 0) == 0 ? thread_above(thread, stays, blocked) : -1;
}

static int end_staying(pthread_t thread)
{
	return sem_post(&go) == 0 ? pthread_join(thread, NULL) : -1;
}

static int a_signal_reaches_the_thread_it_is_sent_to(void)
{
	sigset_t none;
	pthread_t thread;
	sigemptyset(&none);
	CHECK_EQUAL(catch(SIGUSR1), 0);
	CHECK_EQUAL(start_staying(&thread, &none), 0);
	CHECK_EQUAL(pthread_kill(thread, 0), 0);
	CHECK_EQUAL(pthread_kill(thread, NSIG), EINVAL);
	CHECK_EQUAL(pthread_kill(thread, SIGUSR1), 0);
	CHECK_EQUAL(handled, SIGUSR1);
	CHECK(pthread_equal(handled_by, thread));
	CHECK_EQUAL(pthread_kill(pthread_self(), SIGUSR1), 0);
	CHECK(pthread_equal(handled_by, pthread_self()));
	CHECK_EQUAL(end_staying(thread), 0);
	return 0;
}

static int a_signal_to_the_process_takes_a_thread_that_does_not_block_it(void)
{
	sigset_t none, usr1;
	pthread_t thread;
	sigemptyset(&none);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	CHECK_EQUAL(catch(SIGUSR1), 0);
	CHECK_EQUAL(start_staying(&thread, &none), 0);
	CHECK_EQUAL(pthread_sigmask(SIG_BLOCK, &usr1, NULL), 0);
	CHECK_EQUAL(kill(getpid(), SIGUSR1), 0);
	CHECK_EQUAL(handled, SIGUSR1);
	CHECK(pthread_equal(handled_by, thread));
	CHECK_EQUAL(end_staying(thread), 0);
	return 0;
}

static void *masks(void *unused)
{
	sigset_t now;
	(void)unused;
	pthread_sigmask(SIG_BLOCK, NULL, &now);
	intptr_t inherited = sigismember(&now, SIGUSR1);
	sigemptyset(&now);
	pthread_sigmask(SIG_SETMASK, &now, NULL);
	return (void *)inherited;
}

static int masks_are_inherited_and_then_each_threads_own(void)
{
	sigset_t usr1, now;
	pthread_t thread;
	void *inherited;
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	CHECK_EQUAL(pthread_sigmask(SIG_BLOCK, &usr1, NULL), 0);
	CHECK_EQUAL(pthread_create(&thread, NULL, masks, NULL), 0);
	CHECK_EQUAL(pthread_join(thread, &inherited), 0);
	CHECK_EQUAL((intptr_t)inherited, 1);
	CHECK_EQUAL(pthread_sigmask(SIG_BLOCK, NULL, &now), 0);
	CHECK_EQUAL(sigismember(&now, SIGUSR1), 1);
	CHECK_EQUAL(pthread_sigmask(9, &usr1, NULL), EINVAL);
	return 0;
}

static int raise_is_to_the_caller(void)
{
	sigset_t usr1, pending;
	pthread_t thread;
	sigemptyset(&pending);
	sigemptyset(&usr1);
	sigaddset(&usr1, SIGUSR1);
	CHECK_EQUAL(catch(SIGUSR1), 0);
	CHECK_EQUAL(start_staying(&thread, &pending), 0);
	CHECK_EQUAL(pthread_sigmask(SIG_BLOCK, &usr1, NULL), 0);
	CHECK_EQUAL(raise(SIGUSR1), 0);
	CHECK_EQUAL(handled, 0);
	CHECK_EQUAL(sigpending(&pending), 0);
	CHECK_EQUAL(sigismember(&pending, SIGUSR1), 1);
	CHECK_EQUAL(pthread_sigmask(SIG_UNBLOCK, &usr1, NULL), 0);
	CHECK(pthread_equal(handled_by, pthread_self()));
	CHECK_EQUAL(end_staying(thread), 0);
	return 0;
}

static void *takes_a_signal(void *set)
{
	int sig = 0;
	sigwait(set, &sig);
	return (void *)(intptr_t)sig;
}

static int sigwait_takes_what_is_sent_to_its_thread(void)
{
	sigset_t usr2;
	pthread_t thread;
	void *sig;
	sigemptyset(&usr2);
	sigaddset(&usr2, SIGUSR2);
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(pthread_sigmask(SIG_BLOCK, &usr2, NULL), 0);
	CHECK_EQUAL(thread_above(&thread, takes_a_signal, &usr2), 0);
	CHECK_EQUAL(pthread_kill(thread, SIGUSR2), 0);
	CHECK_EQUAL(pthread_join(thread, &sig), 0);
	CHECK_EQUAL((intptr_t)sig, SIGUSR2);
	return 0;
}

static int a_thread_that_has_ended_takes_no_harm(void)
{
	pthread_t thread;
	struct sched_param parameters;
	int policy;
	CHECK_EQUAL(threads_rank(), 0);
	CHECK_EQUAL(thread_above(&thread, returns_its_argument, NULL), 0);
	CHECK_EQUAL(pthread_kill(thread, SIGKILL), 0);
	CHECK_EQUAL(pthread_kill(thread, NSIG), EINVAL);
	CHECK_EQUAL(pthread_cancel(thread), 0);
	CHECK_EQUAL(pthread_getschedparam(thread, &policy, &parameters), ESRCH);
	CHECK_EQUAL(pthread_join(thread, NULL), 0);
	return 0;
}

TARGET_CASES(pthread_signals, CASE(a_signal_reaches_the_thread_it_is_sent_to),
	     CASE(a_signal_to_the_process_takes_a_thread_that_does_not_block_it),
	     CASE(masks_are_inherited_and_then_each_threads_own), CASE(raise_is_to_the_caller),
	     CASE(sigwait_takes_what_is_sent_to_its_thread), CASE(a_thread_that_has_ended_takes_no_harm))
