/*
 * Resource limits and users: what each limit does, who may raise it, that vfork and exec pass it on, what the superuser alone may do.
 */
#include "harness.h"
#include "helpers.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NOBODY 65534

static int set_soft(int resource, rlim_t most)
{
	struct rlimit limit;

	if (getrlimit(resource, &limit) < 0)
		return -1;
	limit.rlim_cur = most;
	return setrlimit(resource, &limit);
}

static int set_both(int resource, rlim_t most)
{
	const struct rlimit limit = {most, most};

	return setrlimit(resource, &limit);
}

static int limits_begin_as_the_system_has_them(void)
{
	struct rlimit limit;

	for (int resource = 0; resource < RLIM_NLIMITS; resource++) {
		rlim_t expected = resource == RLIMIT_NOFILE ? 64 : RLIM_INFINITY;

		CHECK_EQUAL(getrlimit(resource, &limit), 0);
		CHECK_EQUAL(limit.rlim_cur, expected);
		CHECK_EQUAL(limit.rlim_max, expected);
	}
	return 0;
}

static int what_is_no_limit_is_refused(void)
{
	const struct rlimit wrong = {2, 1};
	struct rlimit limit;

	CHECK(getrlimit(-1, &limit) < 0 && errno == EINVAL);
	CHECK(getrlimit(RLIM_NLIMITS, &limit) < 0 && errno == EINVAL);
	CHECK(setrlimit(RLIMIT_DATA, &wrong) < 0 && errno == EINVAL);
	CHECK(set_both(RLIMIT_NOFILE, 65) < 0 && errno == EPERM);
	CHECK_EQUAL(getrlimit(RLIMIT_DATA, &limit), 0);
	CHECK_EQUAL(limit.rlim_cur, RLIM_INFINITY);
	return 0;
}

static int a_user_lowers_its_hard_limits_for_good(void)
{
	CHECK_EQUAL(set_both(RLIMIT_DATA, 1000000), 0);
	CHECK_EQUAL(set_both(RLIMIT_DATA, 2000000), 0);
	CHECK_EQUAL(setuid(NOBODY), 0);
	CHECK(set_both(RLIMIT_DATA, 2000001) < 0 && errno == EPERM);
	CHECK_EQUAL(set_soft(RLIMIT_DATA, 5), 0);
	CHECK_EQUAL(set_soft(RLIMIT_DATA, 2000000), 0);
	CHECK_EQUAL(set_both(RLIMIT_DATA, 1000000), 0);
	CHECK(set_both(RLIMIT_DATA, 2000000) < 0 && errno == EPERM);
	return 0;
}

static int descriptors_stay_below_their_limit(void)
{
	int high = fcntl(0, F_DUPFD, 20);

	CHECK(high >= 20);
	CHECK_EQUAL(set_soft(RLIMIT_NOFILE, 5), 0);
	CHECK_EQUAL(sysconf(_SC_OPEN_MAX), 5);
	while (dup(0) >= 0)
		;
	CHECK_EQUAL(errno, EMFILE);
	CHECK(dup2(0, 5) < 0 && errno == EBADF);
	CHECK_EQUAL(dup2(0, 4), 4);
	CHECK(fcntl(0, F_DUPFD, 5) < 0 && errno == EINVAL);
	CHECK(fcntl(high, F_GETFD) == 0); /* what was open stays */
	return 0;
}

static int the_heap_stays_below_its_limit(void)
{
	char *old = sbrk(0);

	CHECK_EQUAL(set_soft(RLIMIT_DATA, 1), 0);
	CHECK(sbrk(16) == (void *)-1 && errno == ENOMEM);
	CHECK(sbrk(0) == old);
	CHECK_EQUAL(set_soft(RLIMIT_DATA, RLIM_INFINITY), 0);
	CHECK(sbrk(16) == old);
	CHECK_EQUAL(set_soft(RLIMIT_AS, 1), 0);
	CHECK(sbrk(16) == (void *)-1 && errno == ENOMEM);
	CHECK(sbrk(-16) == old + 16);
	return 0;
}

/* Runs `true` with a limit; its exit status, or errno of the exec that failed, plus 1000. */
static int exec_under(int resource, rlim_t most)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		if (set_soft(resource, most) < 0)
			_exit(99);
		execl("/bin/true", "true", NULL);
		_exit(errno == ENOMEM ? 100 : 98);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return -1;
	return WEXITSTATUS(status);
}

static int programs_that_ask_for_more_are_not_executed(void)
{
	CHECK_EQUAL(exec_under(RLIMIT_STACK, 64), 100);
	CHECK_EQUAL(exec_under(RLIMIT_DATA, 0), 100);
	CHECK_EQUAL(exec_under(RLIMIT_AS, 256), 100);
	CHECK_EQUAL(exec_under(RLIMIT_AS, 1000000), 0);
	CHECK_EQUAL(exec_under(RLIMIT_CORE, 0), 0);
	return 0;
}

static volatile sig_atomic_t caught;

static void note(int sig)
{
	caught = sig;
}

static int files_stay_below_their_limit(void)
{
	static const char bytes[100];
	int fd = open("/tmp/limited", O_RDWR | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0);
	unlink("/tmp/limited");
	signal(SIGXFSZ, note);
	CHECK_EQUAL(set_soft(RLIMIT_FSIZE, 150), 0);
	CHECK_EQUAL(write(fd, bytes, 100), 100);
	CHECK_EQUAL(write(fd, bytes, 100), 50); /* what fits, and no signal */
	CHECK_EQUAL(caught, 0);
	CHECK(write(fd, bytes, 1) < 0 && errno == EFBIG);
	CHECK_EQUAL(caught, SIGXFSZ);
	caught = 0;
	CHECK(ftruncate(fd, 151) < 0 && errno == EFBIG);
	CHECK_EQUAL(caught, SIGXFSZ);
	CHECK_EQUAL(ftruncate(fd, 150), 0);
	CHECK_EQUAL(lseek(fd, 0, SEEK_END), 150);
	signal(SIGXFSZ, SIG_IGN);
	CHECK(write(fd, bytes, 1) < 0 && errno == EFBIG);
	CHECK_EQUAL(write(open("/dev/null", O_WRONLY), bytes, 100), 100); /* no regular file */
	return 0;
}

static int spins_until_warned_twice(void)
{
	static volatile sig_atomic_t warnings;
	struct rusage usage;

	signal(SIGXCPU, note);
	while (warnings < 2)
		if (caught == SIGXCPU) {
			caught = 0;
			warnings++;
		}
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_utime.tv_sec >= 2 && usage.ru_utime.tv_sec <= 3 ? 0 : 1;
}

static int start_under_cpu_limit(const char *name, rlim_t soft, rlim_t hard)
{
	const struct rlimit limit = {soft, hard};
	pid_t pid = vfork();

	if (pid == 0) {
		if (setrlimit(RLIMIT_CPU, &limit) == 0)
			target_exec(name);
		_exit(99);
	}
	return target_wait(pid);
}

static int too_much_processor_time_is_signalled(void)
{
	CHECK_EQUAL(start_under_cpu_limit("spins", 1, RLIM_INFINITY), SIGXCPU);
	CHECK_EQUAL(start_under_cpu_limit("spins", 1, 1), SIGKILL);
	CHECK_EQUAL(start_under_cpu_limit("spins_until_warned_twice", 1, RLIM_INFINITY), 0);
	return 0;
}

static int users_are_bound_by_the_number_of_their_processes(void)
{
	pid_t pid;

	CHECK_EQUAL(set_both(RLIMIT_NPROC, 2), 0);
	pid = vfork(); /* not the superuser */
	if (pid == 0)
		_exit(setuid(NOBODY) < 0);
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(setuid(NOBODY), 0);
	pid = vfork();
	if (pid == 0)
		_exit(vfork() == -1 && errno == EAGAIN ? 7 : 0); /* the third */
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 7);
	return 0;
}

static int the_superuser_alone_becomes_another(void)
{
	CHECK_EQUAL(getuid(), 0);
	CHECK_EQUAL(setgid(12), 0);
	CHECK_EQUAL(setuid(NOBODY), 0);
	CHECK_EQUAL(getuid(), NOBODY);
	CHECK_EQUAL(geteuid(), NOBODY);
	CHECK_EQUAL(getgid(), 12);
	CHECK(setuid(0) < 0 && errno == EPERM);
	CHECK(setgid(0) < 0 && errno == EPERM);
	CHECK_EQUAL(setuid(NOBODY), 0);
	CHECK(setuid((uid_t)-1) < 0 && errno == EINVAL);
	return 0;
}

static int as_a_user(void)
{
	const struct timespec now = {1000000000, 0};
	const struct sched_param urgent = {1};
	pid_t other = getppid();

	CHECK_EQUAL(setpriority(PRIO_PROCESS, 0, 5), 0);
	CHECK_EQUAL(setuid(NOBODY), 0);
	CHECK(kill(other, SIGTERM) < 0 && errno == EPERM);
	CHECK(kill(other, 0) < 0 && errno == EPERM);
	CHECK_EQUAL(kill(other, SIGCONT), 0); /* of the same session */
	CHECK(clock_settime(CLOCK_REALTIME, &now) < 0 && errno == EPERM);
	CHECK(reboot(0, 0) < 0 && errno == EPERM);
	CHECK(sched_setscheduler(0, SCHED_FIFO, &urgent) < 0 && errno == EPERM);
	CHECK(setpriority(PRIO_PROCESS, 0, 4) < 0 && errno == EACCES);
	CHECK_EQUAL(setpriority(PRIO_PROCESS, 0, 6), 0);
	CHECK(setpriority(PRIO_PROCESS, other, 19) < 0 && errno == EPERM);
	return 0;
}

static int a_user_leaves_the_system_and_others_alone(void)
{
	CHECK_EQUAL(target_wait(target_start("as_a_user", -1, -1)), 0);
	return 0;
}

TARGET_CASES(rlimits, HELPER(spins), HELPER(spins_until_warned_twice), HELPER(as_a_user), CASE(limits_begin_as_the_system_has_them),
	     CASE(what_is_no_limit_is_refused), CASE(a_user_lowers_its_hard_limits_for_good),
	     CASE(descriptors_stay_below_their_limit), CASE(the_heap_stays_below_its_limit),
	     CASE(programs_that_ask_for_more_are_not_executed), CASE(files_stay_below_their_limit),
	     CASE(too_much_processor_time_is_signalled), CASE(users_are_bound_by_the_number_of_their_processes),
	     CASE(the_superuser_alone_becomes_another), CASE(a_user_leaves_the_system_and_others_alone))
