/*
 * wait and waitpid: whom they wait for, what they tell, zombies, and orphans.
 */
#include "harness.h"
#include "helpers.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Writes its parent's pid once its input has ended. */
static int tells_its_parent(void)
{
	char byte;
	pid_t parent;

	read(TARGET_IN, &byte, 1);
	parent = getppid();
	return write(TARGET_OUT, &parent, sizeof parent) != sizeof parent;
}

/* Ends when its parent sleeps. */
static int outlasts_its_parents_call(void)
{
	return target_reaches_state(getppid(), 'S') ? 6 : 1;
}

#define SPIN (CLOCKS_PER_SEC / 30)

/* Computes until it has had the processor for a while. */
static int spins_a_while(void)
{
	while (clock() < SPIN)
		;
	return 0;
}

static int status_holds_the_low_byte_of_the_exit_code(void)
{
	static const int codes[] = {0, 1, 127, 128, 255, 256 + 3, -1};

	for (unsigned i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		int status = target_wait(exiting_child(codes[i]));

		CHECK(WIFEXITED(status) && !WIFSIGNALED(status) && !WIFSTOPPED(status));
		CHECK_EQUAL(WEXITSTATUS(status), codes[i] & 0xff);
	}
	return 0;
}

static int status_tells_the_signal(void)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		kill(getpid(), SIGTERM);
		_exit(1);
	}
	status = target_wait(pid);
	CHECK(WIFSIGNALED(status) && !WIFEXITED(status) && !WIFSTOPPED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGTERM);
	return 0;
}

static int wnohang_gives_0_while_the_child_lives(void)
{
	int fds[2], status = 4711;
	pid_t pid;

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid = target_start("ends_with_its_input", fds[0], -1);
	CHECK(pid > 0);
	CHECK_EQUAL(waitpid(pid, &status, WNOHANG), 0);
	CHECK_EQUAL(waitpid(-1, &status, WNOHANG), 0);
	CHECK_EQUAL(status, 4711);
	close(fds[1]);
	CHECK(target_reaches_state(pid, 'Z'));
	CHECK_EQUAL(waitpid(pid, &status, WNOHANG), pid);
	CHECK_EQUAL(WEXITSTATUS(status), 5);
	close(fds[0]);
	return 0;
}

static int wait_sleeps_until_a_child_ends(void)
{
	int status;
	pid_t pid = target_start("outlasts_its_parents_call", -1, -1);

	CHECK(pid > 0);
	CHECK_EQUAL(wait(&status), pid);
	CHECK(WIFEXITED(status));
	CHECK_EQUAL(WEXITSTATUS(status), 6);
	return 0;
}

static int a_certain_child_is_awaited_past_others(void)
{
	pid_t first = exiting_child(1), second = exiting_child(2), third = exiting_child(3);

	CHECK_EQUAL(WEXITSTATUS(target_wait(second)), 2);
	CHECK_EQUAL(WEXITSTATUS(target_wait(third)), 3);
	CHECK_EQUAL(WEXITSTATUS(target_wait(first)), 1);
	return 0;
}

static int any_child_will_do(void)
{
	pid_t first = exiting_child(1), second = exiting_child(2), got[2];

	got[0] = wait(NULL);
	got[1] = waitpid(-1, NULL, WNOHANG);
	CHECK((got[0] == first && got[1] == second) || (got[0] == second && got[1] == first));
	CHECK_EQUAL(wait(NULL), -1);
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

static int a_sleeping_wait_for_one_child_is_not_ended_by_another(void)
{
	int fds[2];
	pid_t awaited, other;

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	other = target_start("outlasts_its_parents_call", -1, -1);
	awaited = target_start("ends_with_its_input", fds[0], -1);
	CHECK(awaited > 0 && other > 0);
	CHECK_EQUAL(WEXITSTATUS(target_wait(other)), 6);
	other = exiting_child(1);
	CHECK_EQUAL(waitpid(awaited, NULL, WNOHANG), 0);
	close(fds[1]);
	CHECK_EQUAL(WEXITSTATUS(target_wait(awaited)), 5);
	CHECK_EQUAL(WEXITSTATUS(target_wait(other)), 1);
	close(fds[0]);
	return 0;
}

static int who_is_no_child_gives_echild(void)
{
	pid_t reaped = exiting_child(0);
	pid_t strangers[] = {reaped, 1, getpid(), getppid(), 32767, 1000000};

	CHECK(target_wait(reaped) >= 0);
	for (unsigned i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
		CHECK_EQUAL(waitpid(strangers[i], NULL, 0), -1);
		CHECK_EQUAL(errno, ECHILD);
		CHECK_EQUAL(waitpid(strangers[i], NULL, WNOHANG), -1);
		CHECK_EQUAL(errno, ECHILD);
	}
	return 0;
}

static int unknown_options_give_einval(void)
{
	pid_t pid = exiting_child(0);

	CHECK_EQUAL(waitpid(pid, NULL, 0x1000), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

static int zombies_show_in_proc_until_they_are_reaped(void)
{
	pid_t pid = exiting_child(0);

	CHECK_EQUAL(target_state(pid), 'Z');
	CHECK_EQUAL(kill(pid, 0), 0);
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(target_state(pid), 0);
	CHECK_EQUAL(kill(pid, 0), -1);
	CHECK_EQUAL(errno, ESRCH);
	return 0;
}

/* Starts the helper in a process between, which ends at once: an orphan. */
static pid_t start_orphan(const char *helper, int in, int out)
{
	volatile pid_t orphan = -1;
	pid_t between = vfork();

	if (between == 0) {
		orphan = target_start(helper, in, out);
		_exit(0);
	}
	return target_wait(between) == 0 ? orphan : -1;
}

static int orphans_get_init_as_parent(void)
{
	int in[2], out[2];
	pid_t parent = -1, orphan;

	CHECK_EQUAL(pipe2(in, O_CLOEXEC), 0);
	CHECK_EQUAL(pipe2(out, O_CLOEXEC), 0);
	orphan = start_orphan("tells_its_parent", in[0], out[1]);
	CHECK(orphan > 0);
	CHECK_EQUAL(waitpid(orphan, NULL, WNOHANG), -1);
	CHECK_EQUAL(errno, ECHILD);
	close(in[1]);
	close(out[1]);
	CHECK_EQUAL(read(out[0], &parent, sizeof parent), sizeof parent);
	CHECK_EQUAL(parent, 1);
	close(in[0]);
	close(out[0]);
	return 0;
}

static int zombies_of_a_process_that_ends_are_collected_by_init(void)
{
	volatile pid_t orphans[3];
	pid_t between = vfork();

	if (between == 0) {
		for (int i = 0; i < 3; i++)
			orphans[i] = exiting_child(i);
		_exit(0);
	}
	CHECK_EQUAL(target_wait(between), 0);
	for (int i = 0; i < 3; i++)
		CHECK(target_reaches_state(orphans[i], 0));
	return 0;
}

static int wait4_tells_the_processor_time(void)
{
	struct rusage usage = {0};
	int status;
	pid_t pid = target_start("spins_a_while", -1, -1);

	CHECK(pid > 0);
	CHECK_EQUAL(wait4(pid, &status, 0, &usage), pid);
	CHECK_EQUAL(status, 0);
	CHECK_EQUAL(usage.ru_utime.tv_sec, 0);
	CHECK(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec >= (long)(SPIN * (1000000 / CLOCKS_PER_SEC)));
	return 0;
}

TARGET_CASES(wait, CASE(status_holds_the_low_byte_of_the_exit_code), CASE(status_tells_the_signal),
	     CASE(wnohang_gives_0_while_the_child_lives), CASE(wait_sleeps_until_a_child_ends),
	     CASE(a_certain_child_is_awaited_past_others), CASE(any_child_will_do),
	     CASE(a_sleeping_wait_for_one_child_is_not_ended_by_another), CASE(who_is_no_child_gives_echild),
	     CASE(unknown_options_give_einval), CASE(zombies_show_in_proc_until_they_are_reaped),
	     CASE(orphans_get_init_as_parent), CASE(zombies_of_a_process_that_ends_are_collected_by_init),
	     CASE(wait4_tells_the_processor_time), HELPER(ends_with_its_input), HELPER(tells_its_parent),
	     HELPER(outlasts_its_parents_call), HELPER(spins_a_while))
