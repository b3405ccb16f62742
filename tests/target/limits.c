/*
 * Limits: at each of them a call says so, and leaves everything as it was.
 */
#include "harness.h"
#include "helpers.h"

#include <abi/bflt.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CROWD_MAX 256
#define HUGE_STACK (15u << 20)

static int process_limit_gives_eagain(void)
{
	static pid_t crowd[CROWD_MAX];
	long free_memory;
	int count = 0, processes = target_process_count(); /* also gives opendir its heap */

	CHECK(processes > 0);
	while (count < CROWD_MAX && (crowd[count] = exiting_child(0)) > 0)
		count++;
	CHECK(count >= 16 && count < CROWD_MAX);
	CHECK_EQUAL(errno, EAGAIN);
	free_memory = target_free_memory();
	processes = target_process_count();
	CHECK_EQUAL(exiting_child(0), -1);
	CHECK_EQUAL(errno, EAGAIN);
	CHECK_EQUAL(target_free_memory(), free_memory);
	CHECK_EQUAL(target_process_count(), processes);
	CHECK_EQUAL(target_wait(crowd[--count]), 0);
	crowd[count++] = exiting_child(0); /* one place, one process */
	CHECK_EQUAL(exiting_child(0), -1);
	while (count > 0)
		CHECK_EQUAL(target_wait(crowd[--count]), 0);
	return 0;
}

static int run_true(void)
{
	char *const argv[] = {"true", NULL};
	pid_t pid = vfork();

	if (pid == 0) {
		execv("/bin/true", argv);
		_exit(127);
	}
	return target_wait(pid);
}

static int exec_works_at_the_process_limit(void)
{
	int count = 0;

	while (exiting_child(0) > 0)
		count++;
	CHECK_EQUAL(errno, EAGAIN);
	CHECK(wait(NULL) > 0);
	CHECK_EQUAL(run_true(), 0);
	while (wait(NULL) > 0)
		count--;
	CHECK_EQUAL(count, 1);
	return 0;
}

/* Opens /dev/null until there is no descriptor left but `spare`. */
static void take_descriptors(int spare)
{
	while (open("/dev/null", O_RDONLY) >= 0)
		;
	for (int i = 0; i < spare; i++)
		close(OPEN_MAX - 1 - i);
}

static int descriptor_limit_gives_emfile(void)
{
	int fds[2] = {-7, -7};

	take_descriptors(0);
	CHECK_EQUAL(target_descriptor_count(), OPEN_MAX);
	CHECK_EQUAL(open("/dev/null", O_RDONLY), -1);
	CHECK_EQUAL(errno, EMFILE);
	CHECK_EQUAL(dup(0), -1);
	CHECK_EQUAL(errno, EMFILE);
	CHECK_EQUAL(fcntl(0, F_DUPFD, 3), -1);
	CHECK_EQUAL(errno, EMFILE);
	CHECK_EQUAL(pipe(fds), -1);
	CHECK_EQUAL(errno, EMFILE);
	CHECK_EQUAL(fds[0], -7);
	CHECK_EQUAL(dup2(1, OPEN_MAX - 1), OPEN_MAX - 1); /* needs no new one */
	return 0;
}

static int pipe_with_one_descriptor_left_takes_none(void)
{
	int fds[2] = {-7, -7};

	take_descriptors(1);
	CHECK_EQUAL(pipe(fds), -1);
	CHECK_EQUAL(errno, EMFILE);
	CHECK_EQUAL(fds[0], -7);
	CHECK_EQUAL(fds[1], -7);
	CHECK_EQUAL(target_descriptor_count(), OPEN_MAX - 1);
	CHECK_EQUAL(open("/dev/null", O_RDONLY), OPEN_MAX - 1);
	return 0;
}

static int open_without_descriptor_neither_creates_nor_truncates(void)
{
	struct stat st;
	int fd = creat("/tmp/limits", 0600);

	CHECK(fd >= 0);
	CHECK_EQUAL(write(fd, "12345", 5), 5);
	take_descriptors(0);
	CHECK_EQUAL(open("/tmp/limits", O_WRONLY | O_TRUNC), -1);
	CHECK_EQUAL(errno, EMFILE);
	CHECK_EQUAL(fstat(fd, &st), 0);
	CHECK_EQUAL(st.st_size, 5);
	CHECK_EQUAL(open("/tmp/limits2", O_WRONLY | O_CREAT, 0600), -1);
	CHECK_EQUAL(errno, EMFILE);
	CHECK_EQUAL(access("/tmp/limits2", F_OK), -1);
	CHECK_EQUAL(unlink("/tmp/limits"), 0);
	return 0;
}

static int a_full_table_is_inherited(void)
{
	volatile int count = 0;
	pid_t pid;

	take_descriptors(0);
	pid = vfork();
	if (pid == 0) {
		count = target_descriptor_count();
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(count, OPEN_MAX);
	return 0;
}

static int sbrk_beyond_memory_gives_enomem(void)
{
	static const long wishes[] = {1l << 30, LONG_MAX, LONG_MAX - 64};
	void *brk = sbrk(0);

	for (unsigned i = 0; i < sizeof wishes / sizeof wishes[0]; i++) {
		CHECK(sbrk(wishes[i]) == (void *)-1);
		CHECK_EQUAL(errno, ENOMEM);
		CHECK(sbrk(0) == brk);
	}
	return 0;
}

static int sbrk_below_the_heap_is_refused(void)
{
	static const long wishes[] = {-(1l << 20), LONG_MIN, LONG_MIN + 64};
	void *brk = sbrk(0);

	for (unsigned i = 0; i < sizeof wishes / sizeof wishes[0]; i++) {
		CHECK(sbrk(wishes[i]) == (void *)-1);
		CHECK(sbrk(0) == brk);
	}
	return 0;
}

static int the_heap_grows_until_enomem_and_shrinks_again(void)
{
	const long step = 1l << 20;
	char *start = (char *)sbrk(64) + 64; /* the first growth may begin in the padding of the arena */
	long free_memory = target_free_memory();
	int steps = 0;

	CHECK(sbrk(0) == start);
	while (sbrk(step) != (void *)-1) {
		start[++steps * step - 1] = 'x';
		CHECK(steps < 4096);
	}
	CHECK_EQUAL(errno, ENOMEM);
	CHECK(steps > 0);
	CHECK((char *)sbrk(0) == start + steps * step);
	CHECK_EQUAL(start[steps * step - 1], 'x');
	CHECK(sbrk(-steps * step) != (void *)-1);
	CHECK(sbrk(0) == start);
	CHECK_EQUAL(target_free_memory(), free_memory);
	return 0;
}

static int malloc_without_memory_gives_null(void)
{
	/* volatile, for the compiler knows that these cannot be had */
	volatile size_t much = 1u << 30, most = SIZE_MAX, root = (size_t)1 << (4 * sizeof(size_t));
	void *volatile block = malloc(much);

	CHECK(block == NULL);
	CHECK_EQUAL(errno, ENOMEM);
	block = malloc(most);
	CHECK(block == NULL);
	CHECK_EQUAL(errno, ENOMEM);
	block = calloc(root, root);
	CHECK(block == NULL);
	CHECK_EQUAL(errno, ENOMEM);
	block = malloc(1000);
	CHECK(block != NULL);
	free(block);
	return 0;
}

/* A copy of a program that asks for a large stack. */
static int make_greedy_program(const char *from, const char *to)
{
	static const uint8_t stack[] = {HUGE_STACK >> 24, HUGE_STACK >> 16 & 0xff, HUGE_STACK >> 8 & 0xff, HUGE_STACK & 0xff};
	char part[512];
	ssize_t n;
	int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0755);

	CHECK(in >= 0 && out >= 0);
	while ((n = read(in, part, sizeof part)) > 0)
		CHECK_EQUAL(write(out, part, (size_t)n), n);
	CHECK_EQUAL(lseek(out, offsetof(struct bflt_header, stack_size), SEEK_SET), offsetof(struct bflt_header, stack_size));
	CHECK_EQUAL(write(out, stack, sizeof stack), sizeof stack);
	close(in);
	close(out);
	return 0;
}

static pid_t start_greedy(volatile int *error)
{
	char *const argv[] = {"sleep", "1000", NULL};
	pid_t pid = vfork();

	if (pid == 0) {
		execv("/tmp/greedy", argv);
		*error = errno;
		_exit(42);
	}
	return pid;
}

static int exec_without_memory_gives_enomem(void)
{
	pid_t crowd[CROWD_MAX], pid;
	volatile int error = 0;
	long free_memory = 0;
	int count = 0;

	CHECK_EQUAL(make_greedy_program("/bin/sleep", "/tmp/greedy"), 0);
	for (;;) {
		free_memory = target_free_memory();
		CHECK((pid = start_greedy(&error)) > 0);
		if (error)
			break;
		CHECK(count < CROWD_MAX);
		crowd[count++] = pid;
	}
	CHECK(count > 0);
	CHECK_EQUAL(error, ENOMEM);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 42);
	CHECK_EQUAL(target_free_memory(), free_memory);
	while (count > 0)
		CHECK_EQUAL(WTERMSIG(target_end(crowd[--count])), SIGKILL);
	CHECK_EQUAL(unlink("/tmp/greedy"), 0);
	return 0;
}

/* /bin/sh -c 'test ${#0} ...' with one argument of that many characters: its status, or its errno plus 1000. */
static int exec_with_argument(size_t length)
{
	static char text[ARG_MAX + 16];
	char script[32], *const argv[] = {"sh", "-c", script, text, NULL}, *const envp[] = {NULL};
	volatile int error = 0;
	pid_t pid;

	memset(text, 'a', length);
	text[length] = '\0';
	snprintf(script, sizeof script, "test ${#0} -eq %05u", (unsigned)length);
	pid = vfork();
	if (pid == 0) {
		execve("/bin/sh", argv, envp);
		error = errno;
		_exit(0);
	}
	int status = target_wait(pid);
	return error ? 1000 + error : status;
}

/* What the new program gets: argc, and two vectors ended by NULL; each string takes its pointer and its NUL. */
static int arg_max_is_exact(void)
{
	size_t others = 3 * sizeof(char *) + sizeof "sh" + sizeof "-c" + sizeof "test ${#0} -eq 00000" + 4 * sizeof(char *);
	size_t longest = ARG_MAX - others - 1;

	CHECK_EQUAL(exec_with_argument(10), 0);
	CHECK_EQUAL(exec_with_argument(longest), 0);
	CHECK_EQUAL(exec_with_argument(longest + 1), 1000 + E2BIG);
	CHECK_EQUAL(exec_with_argument(ARG_MAX), 1000 + E2BIG);
	CHECK_EQUAL(sysconf(_SC_ARG_MAX), ARG_MAX);
	return 0;
}

/* Calls that allocate; each returns 0 when it succeeded, and undoes what it did. */

static int opens(void)
{
	int fd = open("/dev/null", O_RDONLY);

	return fd < 0 ? -1 : close(fd);
}

static int makes_a_pipe(void)
{
	int fds[2];

	return pipe(fds) < 0 ? -1 : close(fds[0]) | close(fds[1]);
}

static int makes_a_file(void)
{
	int fd = open("/tmp/fails", O_WRONLY | O_CREAT | O_EXCL, 0600);

	return fd < 0 ? -1 : close(fd) | unlink("/tmp/fails");
}

static int makes_a_directory(void)
{
	return mkdir("/tmp/fails", 0700) < 0 ? -1 : rmdir("/tmp/fails");
}

static int duplicates_far_away(void)
{
	int fd = fcntl(0, F_DUPFD, 40);

	return fd < 0 ? -1 : close(fd);
}

static int changes_its_directory(void)
{
	if (chdir("/tmp") < 0)
		return -1;
	return chdir("/") == 0 || chdir("/") == 0 ? 0 : -1; /* one allocation fails, not two */
}

static int grows_its_heap(void)
{
	return sbrk(64) == (void *)-1 || sbrk(-64) == (void *)-1 ? -1 : 0;
}

/* Lets the first, second, ... allocation of the call fail until it succeeds; what fails leaves no trace. */
static int survives_failing_allocations(int (*call)(void))
{
	char text[8];
	int fd = open("/proc/memfail", O_WRONLY), result = -1;

	CHECK(fd >= 0);
	for (int n = 1; result < 0; n++) {
		long free_memory = target_free_memory();
		int descriptors = target_descriptor_count(), length = snprintf(text, sizeof text, "%d\n", n), error;

		CHECK(n < 20);
		CHECK_EQUAL(write(fd, text, (size_t)length), length);
		result = call();
		error = errno;
		CHECK_EQUAL(write(fd, "0\n", 2), 2);
		CHECK(result == 0 || error == ENOMEM || error == ENOSPC);
		CHECK_EQUAL(target_descriptor_count(), descriptors);
		if (result < 0)
			CHECK_EQUAL(target_free_memory(), free_memory);
	}
	close(fd);
	return 0;
}

static int failed_allocations_leave_no_trace(void)
{
	static int (*const calls[])(void) = {opens,		makes_a_pipe,	     makes_a_file,   makes_a_directory,
					     duplicates_far_away, changes_its_directory, grows_its_heap};

	for (unsigned i = 0; i < sizeof calls / sizeof calls[0]; i++)
		CHECK_EQUAL(survives_failing_allocations(calls[i]), 0);
	return 0;
}

TARGET_CASES(limits, CASE(process_limit_gives_eagain), CASE(exec_works_at_the_process_limit),
	     CASE(descriptor_limit_gives_emfile), CASE(pipe_with_one_descriptor_left_takes_none),
	     CASE(open_without_descriptor_neither_creates_nor_truncates), CASE(a_full_table_is_inherited),
	     CASE(sbrk_beyond_memory_gives_enomem), CASE(sbrk_below_the_heap_is_refused),
	     CASE(the_heap_grows_until_enomem_and_shrinks_again), CASE(malloc_without_memory_gives_null),
	     CASE(exec_without_memory_gives_enomem), CASE(arg_max_is_exact), CASE(failed_allocations_leave_no_trace))
