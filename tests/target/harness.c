/*
 * The harness of target tests: started without arguments, or with names of cases, it runs each case as `PROGRAM --case NAME`
 * and prints TAP. What the machine owns is compared around each: a case must leave it as it was. The harness prints by
 * write() and formats into a static buffer, so that it allocates nothing itself between the two measurements.
 */
#include "harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CASE_SECONDS 300
#define POLL_MICROSECONDS 2000
#define SETTLE_TRIES 50
#define STATE_TRIES 100000

struct holdings {
	long memory;
	int processes;
	int descriptors;
};

static struct {
	const char *program;
	char line[256];
} harness;

static void print(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(harness.line, sizeof(harness.line), format, arguments);
	va_end(arguments);
	if (length >= (int)sizeof(harness.line))
		length = sizeof(harness.line) - 1;
	if (write(STDOUT_FILENO, harness.line, length) < 0)
		_exit(126);
}

void target_failed(const char *file, int line, const char *condition, int error)
{
	print("# %s:%d: not true: %s (errno %d)\n", file, line, condition, error);
}

void target_differs(const char *file, int line, const char *expression, long actual, long expected)
{
	print("# %s:%d: %s is %ld, not %ld\n", file, line, expression, actual, expected);
}

long target_free_memory(void)
{
	char text[256];
	int fd = open("/proc/meminfo", O_RDONLY);
	if (fd < 0)
		return -1;
	ssize_t length = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (length < 0)
		return -1;
	text[length] = 0;
	const char *row = strstr(text, "MemFree:");
	return row ? atol(row + strlen("MemFree:")) : -1;
}

int target_process_count(void)
{
	DIR *folder = opendir("/proc");
	if (!folder)
		return -1;
	int count = 0;
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		count += entry->d_name[0] >= '0' && entry->d_name[0] <= '9';
	closedir(folder);
	return count;
}

int target_descriptor_count(void)
{
	int count = 0;
	for (int fd = 0; fd < (int)sysconf(_SC_OPEN_MAX); fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static struct holdings take_stock(void)
{
	return (struct holdings){
		.memory = target_free_memory(),
		.processes = target_process_count(),
		.descriptors = target_descriptor_count(),
	};
}

static int same_holdings(const struct holdings *a, const struct holdings *b)
{
	return a->memory == b->memory && a->processes == b->processes && a->descriptors == b->descriptors;
}

/* What the machine owns once it has come to rest: orphans may need a moment to be collected by init. */
static struct holdings settle(const struct holdings *before)
{
	struct holdings now = take_stock();
	for (int tries = 0; tries < SETTLE_TRIES && !same_holdings(before, &now); tries++) {
		usleep(POLL_MICROSECONDS);
		now = take_stock();
	}
	return now;
}


void target_exec(const char *name)
{
	char *const arguments[] = { (char *)harness.program, "--case", (char *)name, NULL };
	execv(harness.program, arguments);
}

pid_t target_start(const char *name, int in, int out)
{
	pid_t pid = vfork();
	if (pid == 0) {
		if ((in < 0 || dup2(in, TARGET_IN) >= 0) && (out < 0 || dup2(out, TARGET_OUT) >= 0))
			target_exec(name);
		_exit(127);
	}
	return pid;
}

int target_wait(pid_t pid)
{
	int status;
	return waitpid(pid, &status, 0) == pid ? status : -1;
}

int target_end(pid_t pid)
{
	return kill(pid, SIGKILL) == 0 ? target_wait(pid) : -1;
}

int target_spawn_case(const char *name)
{
	pid_t pid = target_start(name, -1, -1);
	return pid > 0 ? target_wait(pid) : -1;
}

char target_state(pid_t pid)
{
	char path[32], text[64];
	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	int fd = open(path, O_RDONLY);
	if (fd < 0)
		return 0;
	ssize_t length = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[length < 0 ? 0 : length] = 0;
	const char *name_end = strrchr(text, ')');
	return name_end && name_end[1] ? name_end[2] : 0;
}

int target_reaches_state(pid_t pid, char state)
{
	for (int tries = 0; tries < STATE_TRIES; tries++) {
		if (target_state(pid) == state)
			return 1;
		sched_yield();
	}
	return 0;
}

/* Wait for a case to end; one that hangs is killed. */
static int await_case(pid_t pid)
{
	int status;
	for (long waited = 0; waited < CASE_SECONDS * 1000000L; waited += POLL_MICROSECONDS) {
		pid_t ended = waitpid(pid, &status, WNOHANG);
		if (ended == pid)
			return status;
		if (ended < 0)
			return -1;
		usleep(POLL_MICROSECONDS);
	}
	print("# still running after %d s\n", CASE_SECONDS);
	kill(pid, SIGKILL);
	return waitpid(pid, &status, 0) == pid ? status : -1;
}

static int status_is_good(int status)
{
	if (status == -1)
		print("# the case could not be started or waited for (errno %d)\n", errno);
	else if (WIFSIGNALED(status))
		print("# ended by signal %d\n", WTERMSIG(status));
	else if (WEXITSTATUS(status) > 1 && WEXITSTATUS(status) != TARGET_SKIP)
		print("# exit status %d\n", WEXITSTATUS(status));
	return status != -1 && WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == TARGET_SKIP);
}

static int left_as_found(const struct holdings *before)
{
	struct holdings after = settle(before);
	if (before->memory < 0 || before->processes < 0)
		print("# /proc/meminfo or /proc cannot be read\n");
	else if (same_holdings(before, &after))
		return 1;
	if (before->memory != after.memory)
		print("# free memory was %ld and is %ld\n", before->memory, after.memory);
	if (before->processes != after.processes)
		print("# processes: there were %d and are %d\n", before->processes, after.processes);
	if (before->descriptors != after.descriptors)
		print("# descriptors: there were %d and are %d\n", before->descriptors, after.descriptors);
	return 0;
}

/* Run one case and print its line of TAP; returns 1 if it failed. */
static int run_case(int number, const struct target_case *test)
{
	struct holdings before = take_stock();
	pid_t pid = target_start(test->name, -1, -1);
	int status = pid > 0 ? await_case(pid) : -1;
	int good = status_is_good(status);
	good = left_as_found(&before) && good;
	int skipped = good && WEXITSTATUS(status) == TARGET_SKIP;
	print("%s %d - target.%s.%s%s\n", good ? "ok" : "not ok", number, target_area, test->name, skipped ? " # SKIP" : "");
	return !good;
}

static int is_wanted(const struct target_case *test, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], test->name) == 0)
			return 1;
	return argc < 2 && !test->helper;
}

static int run_all(int argc, char **argv)
{
	int wanted = 0, number = 0, failed = 0;
	for (const struct target_case *test = target_cases; test->name; test++)
		wanted += is_wanted(test, argc, argv);
	print("1..%d\n", wanted);
	take_stock(); /* the C library grows its heap on first use */
	for (const struct target_case *test = target_cases; test->name; test++)
		if (is_wanted(test, argc, argv))
			failed += run_case(++number, test);
	return failed != 0;
}

static int run_single(const char *name)
{
	for (const struct target_case *test = target_cases; test->name; test++)
		if (strcmp(test->name, name) == 0)
			return test->run();
	print("# there is no case %s\n", name);
	return 1;
}

int main(int argc, char **argv)
{
	harness.program = argv[0];
	if (argc == 3 && strcmp(argv[1], "--case") == 0)
		return run_single(argv[2]);
	return run_all(argc, argv);
}
