/*
 * The attributes of posix_spawn: scheduling, ids, signals, groups, the working directory. What it does to descriptors is in programs.c.
 */
#include "harness.h"
#include "signalling.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* posix_spawn of a program that sleeps, with these attributes. */
static int spawn(pid_t *pid, short flags, int policy, int priority)
{
	char *const argv[] = {"sleep", "1000", NULL};
	const struct sched_param parameters = {.sched_priority = priority};
	posix_spawnattr_t attributes;
	int error = posix_spawnattr_init(&attributes);

	if (!error)
		error = posix_spawnattr_setflags(&attributes, flags);
	if (!error)
		error = posix_spawnattr_setschedpolicy(&attributes, policy);
	if (!error)
		error = posix_spawnattr_setschedparam(&attributes, &parameters);
	if (!error)
		error = posix_spawn(pid, "/bin/sleep", NULL, &attributes, argv, NULL);
	posix_spawnattr_destroy(&attributes);
	return error;
}

/* Ends the process if its scheduling is this. */
static int is_scheduled(pid_t pid, int policy, int priority)
{
	struct sched_param parameters = {.sched_priority = -1};

	CHECK_EQUAL(sched_getscheduler(pid), policy);
	CHECK_EQUAL(sched_getparam(pid, &parameters), 0);
	CHECK_EQUAL(parameters.sched_priority, priority);
	CHECK_EQUAL(WTERMSIG(target_end(pid)), SIGKILL);
	return 0;
}

static int attributes_are_as_set(void)
{
	struct sched_param parameters = {.sched_priority = 7};
	posix_spawnattr_t attributes;
	int policy = -1;
	short flags;

	CHECK_EQUAL(posix_spawnattr_init(&attributes), 0);
	CHECK_EQUAL(posix_spawnattr_getschedpolicy(&attributes, &policy), 0);
	CHECK_EQUAL(policy, SCHED_OTHER);
	CHECK_EQUAL(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSCHEDULER | POSIX_SPAWN_SETSCHEDPARAM | POSIX_SPAWN_RESETIDS), 0);
	CHECK_EQUAL(posix_spawnattr_getflags(&attributes, &flags), 0);
	CHECK_EQUAL(flags, POSIX_SPAWN_SETSCHEDULER | POSIX_SPAWN_SETSCHEDPARAM | POSIX_SPAWN_RESETIDS);
	CHECK_EQUAL(posix_spawnattr_setflags(&attributes, 0x4000), EINVAL);
	CHECK_EQUAL(posix_spawnattr_setschedparam(&attributes, &parameters), 0);
	parameters.sched_priority = 0;
	CHECK_EQUAL(posix_spawnattr_getschedparam(&attributes, &parameters), 0);
	CHECK_EQUAL(parameters.sched_priority, 7);
	CHECK_EQUAL(posix_spawnattr_setschedpolicy(&attributes, SCHED_RR), 0);
	CHECK_EQUAL(posix_spawnattr_getschedpolicy(&attributes, &policy), 0);
	CHECK_EQUAL(policy, SCHED_RR);
	CHECK_EQUAL(posix_spawnattr_setschedpolicy(&attributes, 1234), EINVAL);
	CHECK_EQUAL(posix_spawnattr_destroy(&attributes), 0);
	return 0;
}

static int the_child_has_the_policy(void)
{
	pid_t pid;

	CHECK_EQUAL(spawn(&pid, POSIX_SPAWN_SETSCHEDULER, SCHED_FIFO, 3), 0);
	CHECK_EQUAL(is_scheduled(pid, SCHED_FIFO, 3), 0);
	CHECK_EQUAL(spawn(&pid, POSIX_SPAWN_SETSCHEDULER | POSIX_SPAWN_SETSCHEDPARAM, SCHED_RR, 11), 0);
	CHECK_EQUAL(is_scheduled(pid, SCHED_RR, 11), 0);
	CHECK_EQUAL(sched_getscheduler(0), SCHED_OTHER); /* the caller is as it was */
	return 0;
}

static int without_the_flags_it_is_inherited(void)
{
	const struct sched_param parameters = {.sched_priority = 2};
	pid_t pid;

	CHECK_EQUAL(spawn(&pid, 0, SCHED_FIFO, 3), 0);
	CHECK_EQUAL(is_scheduled(pid, SCHED_OTHER, 0), 0);
	CHECK_EQUAL(sched_setscheduler(0, SCHED_RR, &parameters), SCHED_OTHER);
	CHECK_EQUAL(spawn(&pid, 0, SCHED_OTHER, 0), 0);
	CHECK_EQUAL(is_scheduled(pid, SCHED_RR, 2), 0);
	return 0;
}

static int the_priority_alone_keeps_the_policy(void)
{
	const struct sched_param parameters = {.sched_priority = 2};
	pid_t pid;

	CHECK_EQUAL(sched_setscheduler(0, SCHED_RR, &parameters), SCHED_OTHER);
	CHECK_EQUAL(spawn(&pid, POSIX_SPAWN_SETSCHEDPARAM, SCHED_OTHER, 5), 0);
	CHECK_EQUAL(is_scheduled(pid, SCHED_RR, 5), 0);
	return 0;
}

static int what_does_not_fit_is_returned(void)
{
	pid_t pid = -7;

	CHECK_EQUAL(spawn(&pid, POSIX_SPAWN_SETSCHEDULER, SCHED_FIFO, 0), EINVAL);
	CHECK_EQUAL(spawn(&pid, POSIX_SPAWN_SETSCHEDULER, SCHED_OTHER, 1), EINVAL);
	CHECK_EQUAL(spawn(&pid, POSIX_SPAWN_SETSCHEDPARAM, SCHED_FIFO, 4), EINVAL);
	CHECK_EQUAL(pid, -7);
	CHECK_EQUAL(waitpid(-1, NULL, 0), -1); /* no child is left over */
	CHECK_EQUAL(errno, ECHILD);
	return 0;
}

static int has_id_7(void)
{
	return !(getuid() == 7 && geteuid() == 7 && getgid() == 7 && getegid() == 7);
}

/* Real and effective ids never differ, so resetting one to the other leaves both. */
static int ids_are_reset(void)
{
	char *const argv[] = {"spawn", "--case", "has_id_7", NULL};
	posix_spawnattr_t attributes;
	pid_t pid;

	CHECK_EQUAL(setgid(7) | setuid(7), 0);
	CHECK_EQUAL(posix_spawnattr_init(&attributes), 0);
	CHECK_EQUAL(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_RESETIDS), 0);
	CHECK_EQUAL(posix_spawn(&pid, "/host/tests/spawn", NULL, &attributes, argv, NULL), 0);
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(posix_spawnattr_destroy(&attributes), 0);
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

TARGET_CASES(spawn, CASE(attributes_are_as_set), CASE(the_child_has_the_policy), CASE(without_the_flags_it_is_inherited),
	     CASE(the_priority_alone_keeps_the_policy), CASE(what_does_not_fit_is_returned), CASE(ids_are_reset),
	     CASE(spawn_attributes_apply_to_the_child), CASE(spawn_can_change_the_directory), HELPER(has_id_7), HELPER(tells_about_itself))
