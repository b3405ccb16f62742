/*
 * Signals between processes: SIGCHLD and what it tells, stopping and continuing, process groups and sessions, and what a
 * program that the C library starts inherits.
 */
#include "harness.h"
#include "signalling.h"

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int waits_for_a_signal(void)
{
	sigset_t none = 0;

	sigsuspend(&none);
	return 3;
}

static int ends_with_its_input(void)
{
	char byte;

	return read(TARGET_IN, &byte, 1) == 0 ? 5 : 1;
}

static pid_t sleeper(void)
{
	pid_t pid = target_start("waits_for_a_signal", -1, -1);

	return pid > 0 && target_reaches_state(pid, 'S') ? pid : -1;
}

/* A sleeper in a group: 0 for one of its own. */
static pid_t grouped(pid_t group)
{
	pid_t pid = vfork();

	if (pid == 0) {
		if (setpgid(0, group) == 0)
			target_exec("waits_for_a_signal");
		_exit(127);
	}
	return target_reaches_state(pid, 'S') ? pid : -1;
}

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

static int wait_and_kill_reach_groups(void)
{
	int status;
	pid_t leader = grouped(0), member = grouped(leader), other = grouped(0);

	CHECK_EQUAL(getpgid(leader), leader);
	CHECK_EQUAL(getpgid(member), leader);
	CHECK_EQUAL(getpgid(other), other);
	CHECK_EQUAL(kill(-leader, 0), 0);
	CHECK_EQUAL(kill(-leader, SIGTERM), 0);
	CHECK_EQUAL(waitpid(0, NULL, WNOHANG), -1); /* none of them is in our group */
	CHECK_EQUAL(errno, ECHILD);
	CHECK(waitpid(-leader, &status, 0) > 0);
	CHECK_EQUAL(WTERMSIG(status), SIGTERM);
	CHECK(waitpid(-leader, &status, 0) > 0);
	CHECK_EQUAL(WTERMSIG(status), SIGTERM);
	CHECK_EQUAL(waitpid(-leader, &status, 0), -1);
	CHECK_EQUAL(errno, ECHILD);
	CHECK_EQUAL(kill(-leader, SIGTERM), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(killpg(other, SIGHUP), 0);
	CHECK_EQUAL(waitpid(-other, &status, 0), other);
	CHECK_EQUAL(WTERMSIG(status), SIGHUP);
	return 0;
}

static int kill_0_reaches_the_callers_group(void)
{
	CHECK_EQUAL(setpgid(0, 0), 0);
	CHECK_EQUAL(handle(SIGUSR1, note, 0), 0);
	pid_t ours = sleeper(), other = grouped(0);
	CHECK_EQUAL(getpgid(ours), getpid());
	CHECK_EQUAL(kill(0, SIGUSR1), 0);
	CHECK_EQUAL(WTERMSIG(target_wait(ours)), SIGUSR1);
	CHECK_EQUAL(calls, 1);
	CHECK_EQUAL(waitpid(other, NULL, WNOHANG), 0);
	CHECK_EQUAL(WTERMSIG(target_end(other)), SIGKILL);
	return 0;
}

static int setpgid_refuses_what_posix_says(void)
{
	pid_t pid = sleeper();

	CHECK_EQUAL(setpgid(0, -1), -1);
	CHECK_EQUAL(errno, EINVAL);
	CHECK_EQUAL(setpgid(getppid(), 0), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(setpgid(1000000, 0), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(setpgid(pid, 0), -1); /* it has called exec */
	CHECK_EQUAL(errno, EACCES);
	CHECK_EQUAL(setpgid(0, 32000), -1); /* no such group */
	CHECK_EQUAL(errno, EPERM);
	CHECK_EQUAL(getpgid(1000000), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(getsid(1000000), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(WTERMSIG(target_end(pid)), SIGKILL);
	CHECK_EQUAL(setpgid(0, 0), 0);
	CHECK_EQUAL(getpgrp(), getpid());
	CHECK_EQUAL(setpgrp(), getpid());
	return 0;
}

static int setsid_makes_a_session(void)
{
	volatile int ok = 0, again = 0, leave = 0;
	pid_t group = getpgrp(), session = getsid(0), pid = vfork();

	if (pid == 0) {
		ok = setsid() == getpid() && getsid(0) == getpid() && getpgrp() == getpid();
		again = setsid() == -1 && errno == EPERM;
		leave = setpgid(0, group) == -1 && errno == EPERM;
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK(ok);
	CHECK(again);
	CHECK(leave);
	CHECK_EQUAL(getpgrp(), group);
	CHECK_EQUAL(getsid(0), session);
	return 0;
}

/* Its group, session, mask and actions, one bit each; its working directory is /tmp: another. */
static int tells_about_itself(void)
{
	char path[32];
	struct sigaction act;

	return (getpgrp() == getpid()) | (getsid(0) == getpid()) << 1 | (mask_now() == BIT(SIGHUP)) << 2 |
	       (sigaction(SIGTERM, NULL, &act) == 0 && act.sa_handler == SIG_IGN) << 3 |
	       (sigaction(SIGUSR1, NULL, &act) == 0 && act.sa_handler == SIG_DFL) << 4 |
	       (getcwd(path, sizeof path) && strcmp(path, "/tmp") == 0) << 5 | (mask_now() == BIT(SIGUSR2)) << 6;
}

/* The exit status of tells_about_itself started by posix_spawn, or -error. */
static int spawned(const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes)
{
	char path[64];
	char *const argv[] = {path, (char *)"--case", (char *)"tells_about_itself", NULL};
	pid_t pid;

	snprintf(path, sizeof path, "/host/tests/%s", target_area);
	int error = posix_spawn(&pid, path, actions, attributes, argv, NULL);
	return error ? -error : WEXITSTATUS(target_wait(pid));
}

static int spawned_with(short flags, sigset_t defaults, pid_t group)
{
	posix_spawnattr_t attributes;
	sigset_t mask = BIT(SIGHUP);
	int result = -1;

	if (posix_spawnattr_init(&attributes) == 0 && posix_spawnattr_setflags(&attributes, flags) == 0 &&
	    posix_spawnattr_setsigdefault(&attributes, &defaults) == 0 && posix_spawnattr_setsigmask(&attributes, &mask) == 0 &&
	    posix_spawnattr_setpgroup(&attributes, group) == 0)
		result = spawned(NULL, &attributes);
	posix_spawnattr_destroy(&attributes);
	return result;
}

static int spawn_attributes_apply_to_the_child(void)
{
	CHECK_EQUAL(spawned(NULL, NULL), 16);
	CHECK(signal(SIGTERM, SIG_IGN) == SIG_DFL);
	CHECK_EQUAL(handle(SIGUSR1, note, 0), 0);
	CHECK_EQUAL(change_mask(SIG_SETMASK, BIT(SIGUSR2)), 0);
	CHECK_EQUAL(spawned(NULL, NULL), 64 | 16 | 8);
	CHECK_EQUAL(spawned_with(0, BIT(SIGTERM), 0), 64 | 16 | 8);
	CHECK_EQUAL(spawned_with(POSIX_SPAWN_SETSIGDEF, BIT(SIGTERM), 0), 64 | 16);
	CHECK_EQUAL(spawned_with(POSIX_SPAWN_SETSIGMASK, 0, 0), 16 | 8 | 4);
	CHECK_EQUAL(spawned_with(POSIX_SPAWN_SETPGROUP, 0, 0), 64 | 16 | 8 | 1);
	CHECK_EQUAL(spawned_with(POSIX_SPAWN_SETPGROUP, 0, 32000), -EPERM);
	CHECK_EQUAL(spawned_with(POSIX_SPAWN_SETSID, 0, 0), 64 | 16 | 8 | 2 | 1);
	CHECK_EQUAL(spawned_with(POSIX_SPAWN_RESETIDS, 0, 0), 64 | 16 | 8);
	CHECK(mask_now() == BIT(SIGUSR2));
	CHECK(signal(SIGTERM, SIG_DFL) == SIG_IGN);
	return 0;
}

static int spawn_can_change_the_directory(void)
{
	posix_spawn_file_actions_t actions;

	CHECK_EQUAL(posix_spawn_file_actions_init(&actions), 0);
	CHECK_EQUAL(posix_spawn_file_actions_addchdir(&actions, "/"), 0);
	CHECK_EQUAL(posix_spawn_file_actions_addopen(&actions, 30, "tmp", O_RDONLY | O_DIRECTORY, 0), 0);
	CHECK_EQUAL(posix_spawn_file_actions_addfchdir(&actions, 30), 0);
	CHECK_EQUAL(posix_spawn_file_actions_addclose(&actions, 30), 0);
	CHECK_EQUAL(spawned(&actions, NULL), 32 | 16);
	CHECK_EQUAL(posix_spawn_file_actions_addchdir(&actions, "/none"), 0);
	CHECK_EQUAL(spawned(&actions, NULL), -ENOENT);
	CHECK_EQUAL(posix_spawn_file_actions_destroy(&actions), 0);
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
	     CASE(stops_and_continues_are_told_once_each), CASE(each_stop_signal_stops),
	     CASE(an_orphaned_group_is_not_stopped_by_the_terminal),
	     CASE(a_stopped_process_keeps_signals_for_later_but_sigkill), CASE(a_stopped_reader_reads_on),
	     CASE(waitid_looks_without_taking), CASE(waitid_tells_exit_codes_and_refuses_nonsense),
	     CASE(wait_and_kill_reach_groups), CASE(kill_0_reaches_the_callers_group),
	     CASE(setpgid_refuses_what_posix_says), CASE(setsid_makes_a_session),
	     CASE(spawn_attributes_apply_to_the_child), CASE(spawn_can_change_the_directory),
	     CASE(a_handler_of_sigchld_does_not_take_systems_status), CASE(popen_reads_and_writes),
	     HELPER(waits_for_a_signal), HELPER(ends_with_its_input), HELPER(tells_about_itself))
