/*
 * Processes that are stopped and continued, and what wait and waitid tell of them.
 */
#include "harness.h"
#include "helpers.h"
#include "signalling.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

static int stops_and_continues_are_told_once_each(void)
{
	int status = -1;
	pid_t pid = sleeper();

	CHECK_EQUAL(waitpid(pid, &status, WNOHANG | WUNTRACED | WCONTINUED), 0);
	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
	CHECK(WIFSTOPPED(status) && !WIFEXITED(status) && !WIFSIGNALED(status) && !WIFCONTINUED(status));
	CHECK_EQUAL(WSTOPSIG(status), SIGSTOP);
	CHECK_EQUAL(target_state(pid), 'T');
	CHECK_EQUAL(waitpid(pid, &status, WNOHANG | WUNTRACED), 0);
	CHECK_EQUAL(kill(pid, SIGCONT), 0);
	CHECK_EQUAL(waitpid(pid, &status, WNOHANG | WUNTRACED), 0);
	CHECK_EQUAL(waitpid(pid, &status, WCONTINUED), pid);
	CHECK(WIFCONTINUED(status) && !WIFEXITED(status) && !WIFSIGNALED(status) && !WIFSTOPPED(status));
	CHECK_EQUAL(waitpid(pid, &status, WNOHANG | WCONTINUED), 0);
	CHECK(target_reaches_state(pid, 'S'));
	CHECK_EQUAL(WTERMSIG(target_end(pid)), SIGKILL);
	return 0;
}

static int each_stop_signal_stops(void)
{
	static const int stops[] = {SIGTSTP, SIGTTIN, SIGTTOU, SIGSTOP};
	int status;
	pid_t pid = grouped(0); /* a group that its parent can continue */

	for (unsigned i = 0; i < 4; i++) {
		CHECK_EQUAL(kill(pid, stops[i]), 0);
		CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
		CHECK(WIFSTOPPED(status));
		CHECK_EQUAL(WSTOPSIG(status), stops[i]);
		CHECK_EQUAL(kill(pid, SIGCONT), 0);
		CHECK_EQUAL(waitpid(pid, &status, WCONTINUED), pid);
	}
	CHECK_EQUAL(WTERMSIG(target_end(pid)), SIGKILL);
	return 0;
}

/* In a session of its own nobody could continue it: the terminal's stop signals do nothing, SIGSTOP stops. */
static int an_orphaned_group_is_not_stopped_by_the_terminal(void)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		if (setsid() > 0)
			target_exec("waits_for_a_signal");
		_exit(127);
	}
	CHECK(target_reaches_state(pid, 'S'));
	CHECK_EQUAL(kill(pid, SIGTSTP) | kill(pid, SIGTTIN) | kill(pid, SIGTTOU), 0);
	CHECK(target_reaches_state(pid, 'S'));
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED | WNOHANG), 0);
	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
	CHECK_EQUAL(WSTOPSIG(status), SIGSTOP);
	CHECK_EQUAL(WTERMSIG(target_end(pid)), SIGKILL);
	return 0;
}

static int a_stopped_process_keeps_signals_for_later_but_sigkill(void)
{
	int status;
	pid_t pid = sleeper();

	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
	CHECK_EQUAL(kill(pid, SIGTERM), 0);
	CHECK_EQUAL(waitpid(pid, &status, WNOHANG), 0);
	CHECK_EQUAL(target_state(pid), 'T');
	CHECK_EQUAL(kill(pid, SIGCONT), 0);
	CHECK_EQUAL(WTERMSIG(target_wait(pid)), SIGTERM);
	pid = sleeper();
	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
	CHECK_EQUAL(WTERMSIG(target_end(pid)), SIGKILL);
	return 0;
}

static int a_stopped_reader_reads_on(void)
{
	int fds[2], status;
	pid_t pid;

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid = target_start("ends_with_its_input", fds[0], -1);
	close(fds[0]);
	CHECK(target_reaches_state(pid, 'S'));
	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	CHECK_EQUAL(waitpid(pid, &status, WUNTRACED), pid);
	close(fds[1]);
	CHECK_EQUAL(kill(pid, SIGCONT), 0);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 5);
	return 0;
}

static int waitid_looks_without_taking(void)
{
	siginfo_t got = {0};
	int status;
	pid_t pid = sleeper();

	CHECK_EQUAL(kill(pid, SIGSTOP), 0);
	for (int i = 0; i < 2; i++) {
		CHECK_EQUAL(waitid(P_PID, (id_t)pid, &got, WSTOPPED | WNOWAIT), 0);
		CHECK_EQUAL(got.si_signo, SIGCHLD);
		CHECK_EQUAL(got.si_code, CLD_STOPPED);
		CHECK_EQUAL(got.si_pid, pid);
		CHECK_EQUAL(got.si_status, SIGSTOP);
	}
	CHECK_EQUAL(waitid(P_PID, (id_t)pid, &got, WSTOPPED), 0);
	CHECK_EQUAL(waitid(P_PID, (id_t)pid, &got, WSTOPPED | WEXITED | WNOHANG), 0);
	CHECK_EQUAL(got.si_pid, 0);
	CHECK_EQUAL(got.si_signo, 0);
	CHECK_EQUAL(kill(pid, SIGKILL), 0);
	CHECK_EQUAL(waitid(P_ALL, 0, &got, WEXITED | WNOWAIT), 0);
	CHECK_EQUAL(got.si_code, CLD_KILLED);
	CHECK_EQUAL(got.si_status, SIGKILL);
	CHECK_EQUAL(waitpid(pid, &status, 0), pid);
	CHECK_EQUAL(WTERMSIG(status), SIGKILL);
	CHECK_EQUAL(waitid(P_PID, (id_t)pid, &got, WEXITED), -1);
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

static int waitid_tells_exit_codes_and_refuses_nonsense(void)
{
	siginfo_t got;
	pid_t pid = vfork();

	if (pid == 0)
		_exit(9);
	CHECK_EQUAL(waitid(P_ALL, 0, &got, WNOHANG), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(waitid(P_ALL, 0, &got, WEXITED | 0x1000), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(waitid((idtype_t)17, 0, &got, WEXITED), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(waitid(P_PGID, 0, &got, WEXITED), 0);
	CHECK_EQUAL(got.si_pid, pid);
	CHECK_EQUAL(got.si_code, CLD_EXITED);
	CHECK_EQUAL(got.si_status, 9);
	return 0;
}

TARGET_CASES(stops, CASE(stops_and_continues_are_told_once_each), CASE(each_stop_signal_stops),
	     CASE(an_orphaned_group_is_not_stopped_by_the_terminal),
	     CASE(a_stopped_process_keeps_signals_for_later_but_sigkill), CASE(a_stopped_reader_reads_on),
	     CASE(waitid_looks_without_taking), CASE(waitid_tells_exit_codes_and_refuses_nonsense),
	     HELPER(waits_for_a_signal), HELPER(ends_with_its_input))
