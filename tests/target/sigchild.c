/*
 * SIGCHLD: what it tells, zombies that are not wanted, and its handler beside system() and popen().
 */
#include "harness.h"
#include "helpers.h"
#include "signalling.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Waits until the handler of SIGCHLD has run `times` times. SIGCHLD is blocked outside. */
static void await_calls(int times)
{
	sigset_t none = 0;

	while (calls < times)
		sigsuspend(&none);
}

static int sigchld_tells_the_exit_code_or_the_signal(void)
{
	CHECK_EQUAL(handle_info(SIGCHLD, note_info, 0), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGCHLD)), 0);
	pid_t pid = vfork();
	if (pid == 0)
		_exit(7);
	await_calls(1);
	CHECK_EQUAL(info.si_signo, SIGCHLD);
	CHECK_EQUAL(info.si_code, CLD_EXITED);
	CHECK_EQUAL(info.si_pid, pid);
	CHECK_EQUAL(info.si_status, 7);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 7);
	pid = sleeper();
	CHECK_EQUAL(kill(pid, SIGTERM), 0);
	await_calls(2);
	CHECK_EQUAL(info.si_code, CLD_KILLED);
	CHECK_EQUAL(info.si_pid, pid);
	CHECK_EQUAL(info.si_status, SIGTERM);
	CHECK_EQUAL(WTERMSIG(target_wait(pid)), SIGTERM);
	CHECK_EQUAL(calls, 2);
	return 0;
}

static int sigchld_tells_of_stops(void)
{
	CHECK_EQUAL(handle_info(SIGCHLD, note_info, 0), 0);
	CHECK_EQUAL(change_mask(SIG_BLOCK, BIT(SIGCHLD)), 0);
	pid_t pid = sleeper();
	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	await_calls(1);
	CHECK_EQUAL(info.si_code, CLD_STOPPED);
	CHECK_EQUAL(info.si_pid, pid);
	CHECK_EQUAL(info.si_status, SIGSTOP);
	CHECK_EQUAL(kill(pid, SIGCONT), 0);
	await_calls(2);
	CHECK_EQUAL(info.si_code, CLD_CONTINUED);
	CHECK_EQUAL(info.si_pid, pid);
	CHECK_EQUAL(info.si_status, SIGCONT);
	CHECK_EQUAL(WTERMSIG(target_end(pid)), SIGKILL);
	return 0;
}

static int nocldstop_keeps_quiet_about_stops(void)
{
	int status;

	CHECK_EQUAL(handle_info(SIGCHLD, note_info, SA_NOCLDSTOP), 0);
	pid_t pid = sleeper();
	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
	CHECK(WIFSTOPPED(status));
	CHECK_EQUAL(kill(pid, SIGCONT), 0);
	CHECK_EQUAL(waitpid(pid, &status, WCONTINUED), pid);
	CHECK(WIFCONTINUED(status));
	CHECK_EQUAL(calls, 0);
	CHECK_EQUAL(kill(pid, SIGKILL), 0);
	CHECK_EQUAL(WTERMSIG(target_wait(pid)), SIGKILL);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(info.si_code, CLD_KILLED);
	return 0;
}

static int leaves_no_zombie(void)
{
	int fds[2];
	pid_t pid = vfork();

	if (pid == 0)
		_exit(0);
	CHECK_EQUAL(target_state(pid), 0);
	CHECK_EQUAL(waitpid(pid, NULL, 0), -1);
	CHECK_EQUAL(errno, ECHILD);
	/* A sleeping wait ends when the last child has. */
	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid = target_start("ends_with_its_input", fds[0], -1);
	close(fds[0]);
	close(fds[1]);
	CHECK_EQUAL(wait(NULL), -1);
	CHECK_EQUAL(errno, ECHILD);
	CHECK_EQUAL(target_state(pid), 0);
	return 0;
}

static int ignoring_sigchld_leaves_no_zombie(void)
{
	CHECK(signal(SIGCHLD, SIG_IGN) == SIG_DFL);
	return leaves_no_zombie();
}

static int nocldwait_leaves_no_zombie(void)
{
	CHECK_EQUAL(handle(SIGCHLD, SIG_DFL, SA_NOCLDWAIT), 0);
	return leaves_no_zombie();
}

static int nocldwait_with_a_handler_leaves_no_zombie(void)
{
	CHECK_EQUAL(handle(SIGCHLD, note, SA_NOCLDWAIT | SA_RESTART), 0);
	CHECK_EQUAL(leaves_no_zombie(), 0);
	CHECK_EQUAL(calls, 2);
	return 0;
}

static volatile int reaped;

static void reap(int sig)
{
	int saved = errno;

	while (waitpid(-1, NULL, WNOHANG) > 0)
		reaped++;
	errno = saved;
	note(sig);
}

static int a_handler_of_sigchld_does_not_take_systems_status(void)
{
	struct sigaction act;
	char command[64];

	CHECK_EQUAL(handle(SIGCHLD, reap, SA_RESTART), 0);
	CHECK_EQUAL(handle(SIGINT, note, 0), 0);
	CHECK_EQUAL(WEXITSTATUS(system("exit 3")), 3);
	CHECK_EQUAL(reaped, 0);
	CHECK_EQUAL(mask_now(), 0);
	snprintf(command, sizeof command, "kill -INT %d && kill -QUIT %d && exit 4", getpid(), getpid());
	CHECK_EQUAL(WEXITSTATUS(system(command)), 4); /* both ignored meanwhile */
	CHECK_EQUAL(sigaction(SIGINT, NULL, &act), 0);
	CHECK(act.sa_handler == note);
	CHECK_EQUAL(raise(SIGINT), 0);
	CHECK_EQUAL(order[(calls - 1) & 15], SIGINT);
	return 0;
}

static int popen_reads_and_writes(void)
{
	char line[32];
	FILE *in = popen("echo one; cat /none 2>/dev/null; exit 3", "r"), *out, *again;

	CHECK(in && fgets(line, sizeof line, in));
	CHECK_EQUAL(strcmp(line, "one\n"), 0);
	CHECK(!fgets(line, sizeof line, in));
	CHECK_EQUAL(WEXITSTATUS(pclose(in)), 3);
	/* The second command does not hold the first one's input open. */
	out = popen("read x; read y || test \"$x\" = hello", "w");
	again = popen("cat >/dev/null", "w");
	CHECK(out && again);
	CHECK(fputs("hello\n", out) >= 0);
	CHECK_EQUAL(pclose(out), 0);
	CHECK_EQUAL(pclose(again), 0);
	CHECK(!popen("true", "x"));
	CHECK_EQUAL(errno, EINVAL);
	return 0;
}

TARGET_CASES(sigchild, CASE(sigchld_tells_the_exit_code_or_the_signal), CASE(sigchld_tells_of_stops),
	     CASE(nocldstop_keeps_quiet_about_stops), CASE(ignoring_sigchld_leaves_no_zombie),
	     CASE(nocldwait_leaves_no_zombie), CASE(nocldwait_with_a_handler_leaves_no_zombie),
	     CASE(a_handler_of_sigchld_does_not_take_systems_status), CASE(popen_reads_and_writes),
	     HELPER(waits_for_a_signal), HELPER(ends_with_its_input))
