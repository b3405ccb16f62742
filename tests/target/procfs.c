/*
 * /proc: what it says is what the process itself sees, also while processes come and go.
 */
#include "harness.h"
#include "helpers.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int data_word = 1, bss_word;
static const char constant[] = "lies in the text";

static ssize_t file_read(const char *path, char *bytes, size_t size)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, bytes, size - 1);

	if (fd >= 0)
		close(fd);
	bytes[n < 0 ? 0 : n] = '\0';
	return n;
}

/* The number behind the label in the file; -1 without it. */
static long value_of(const char *path, const char *label)
{
	char text[512], *at;

	if (file_read(path, text, sizeof text) < 0 || !(at = strstr(text, label)))
		return -1;
	return strtol(at + strlen(label), NULL, 10);
}

struct region {
	uintptr_t start, end;
};

/* The named region of /proc/<who>/maps; empty when there is none. */
static struct region region_of(const char *who, const char *name)
{
	char path[32], text[256], *line;
	unsigned long start = 0, end = 0;

	snprintf(path, sizeof path, "/proc/%s/maps", who);
	if (file_read(path, text, sizeof text) < 0 || !(line = strstr(text, name)))
		return (struct region){0, 0};
	while (line > text && line[-1] != '\n')
		line--;
	if (sscanf(line, "%lx-%lx", &start, &end) != 2)
		start = end = 0;
	return (struct region){start, end};
}

static int holds(struct region region, const volatile void *address)
{
	return (uintptr_t)address >= region.start && (uintptr_t)address < region.end;
}

static int maps_agree_with_what_the_process_sees(void)
{
	volatile char local = 0;
	struct region text = region_of("self", "text"), stack = region_of("self", "stack");
	struct region data = region_of("self", "data"), heap;

	CHECK(sbrk(64) != (void *)-1);
	heap = region_of("self", "heap");
	CHECK(holds(text, (const void *)(uintptr_t)maps_agree_with_what_the_process_sees));
	CHECK(holds(text, constant));
	CHECK(holds(stack, &local));
	CHECK(holds(data, &data_word));
	CHECK(holds(data, &bss_word));
	CHECK_EQUAL(stack.end, data.start);
	CHECK_EQUAL(data.end, heap.start);
	CHECK_EQUAL(heap.end, (uintptr_t)sbrk(0));
	return 0;
}

static int meminfo_counts_what_is_taken(void)
{
	long total = value_of("/proc/meminfo", "MemTotal:"), largest = value_of("/proc/meminfo", "LargestFree:");
	long before;

	CHECK(sbrk(64) != (void *)-1); /* the first growth may begin in the padding of the arena */
	before = target_free_memory();
	CHECK(total > before && before >= largest - 64 && largest > 0);
	CHECK(sbrk(65536) != (void *)-1);
	CHECK_EQUAL(before - target_free_memory(), 65536);
	CHECK(sbrk(-65536) != (void *)-1);
	CHECK_EQUAL(target_free_memory(), before);
	CHECK_EQUAL(value_of("/proc/meminfo", "MemTotal:"), total);
	return 0;
}

static int self_is_the_reader(void)
{
	char text[64];

	CHECK(file_read("/proc/self/stat", text, sizeof text) > 0);
	CHECK_EQUAL(strtol(text, NULL, 10), getpid());
	CHECK_EQUAL(value_of("/proc/self/status", "Pid:\t"), getpid());
	CHECK_EQUAL(value_of("/proc/self/status", "PPid:\t"), getppid());
	CHECK(strstr(text, "(procfs) R"));
	return 0;
}

static int a_borrower_is_its_own_self_in_its_lenders_memory(void)
{
	volatile struct region lender = region_of("self", "data"), borrower = {0, 0};
	volatile long told = 0, pid_there = 0;
	pid_t pid = vfork();

	if (pid == 0) {
		struct region region = region_of("self", "data");

		borrower.start = region.start;
		borrower.end = region.end;
		told = value_of("/proc/self/status", "Pid:\t");
		pid_there = getpid();
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(told, pid_there);
	CHECK_EQUAL(told, pid);
	CHECK(borrower.start == lender.start && borrower.end == lender.end);
	return 0;
}

static int cmdline_holds_the_arguments(void)
{
	char text[128], *second;
	ssize_t n = file_read("/proc/self/cmdline", text, sizeof text);

	CHECK(n > 0);
	CHECK_EQUAL(text[n - 1], '\0');
	CHECK(strlen(text) > 6 && strcmp(text + strlen(text) - 6, "procfs") == 0);
	second = text + strlen(text) + 1;
	CHECK_EQUAL(strcmp(second, "--case"), 0);
	CHECK_EQUAL(strcmp(second + 7, "cmdline_holds_the_arguments"), 0);
	CHECK_EQUAL(second + 7 + sizeof "cmdline_holds_the_arguments" - text, n);
	return 0;
}

static int reading_byte_by_byte_gives_the_same(void)
{
	static const char *const paths[] = {"/proc/self/cmdline", "/proc/self/maps", "/proc/1/status"};
	char whole[512], byte;

	for (int i = 0; i < 3; i++) {
		ssize_t length = file_read(paths[i], whole, sizeof whole);
		int fd = open(paths[i], O_RDONLY);

		CHECK(length > 0 && length < (ssize_t)sizeof whole - 1);
		for (ssize_t k = 0; k < length; k++) {
			CHECK_EQUAL(read(fd, &byte, 1), 1);
			CHECK_EQUAL(byte, whole[k]);
		}
		CHECK_EQUAL(read(fd, &byte, 1), 0);
		CHECK_EQUAL(lseek(fd, 3, SEEK_SET), 3);
		CHECK_EQUAL(read(fd, &byte, 1), 1);
		CHECK_EQUAL(byte, whole[3]);
		close(fd);
	}
	return 0;
}

static int files_of_a_process_end_with_it(void)
{
	char path[32], bytes[32];
	int fds[2], maps, dir;
	pid_t pid;

	CHECK_EQUAL(pipe2(fds, O_CLOEXEC), 0);
	pid = target_start("ends_with_its_input", fds[0], -1);
	snprintf(path, sizeof path, "/proc/%d", (int)pid);
	dir = open(path, O_RDONLY | O_DIRECTORY);
	CHECK(dir >= 0);
	strcat(path, "/maps");
	maps = open(path, O_RDONLY);
	CHECK_EQUAL(read(maps, bytes, sizeof bytes), sizeof bytes);
	close(fds[1]);
	CHECK(target_reaches_state(pid, 'Z'));
	CHECK_EQUAL(read(maps, bytes, sizeof bytes), 0); /* a zombie has no memory */
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 5);
	CHECK_EQUAL(read(maps, bytes, sizeof bytes), -1);
	CHECK_EQUAL(errno, ESRCH);
	CHECK_EQUAL(open(path, O_RDONLY), -1);
	CHECK_EQUAL(errno, ENOENT);
	CHECK_EQUAL(fchdir(dir), 0);
	CHECK_EQUAL(open("maps", O_RDONLY), -1);
	CHECK_EQUAL(errno, ENOENT);
	CHECK_EQUAL(chdir(".."), 0);
	CHECK_EQUAL(access("meminfo", R_OK), 0);
	return 0;
}

static int come_and_go(void)
{
	pid_t pid = vfork();

	if (pid == 0)
		_exit(0);
	return target_wait(pid);
}

static int the_folder_can_be_read_while_processes_come_and_go(void)
{
	int seen = 0, strangers = 0;
	struct dirent *entry;
	DIR *folder = opendir("/proc");

	CHECK(folder);
	while ((entry = readdir(folder))) {
		CHECK_EQUAL(come_and_go(), 0);
		seen += atoi(entry->d_name) == getpid();
		strangers += atoi(entry->d_name) > getpid();
	}
	closedir(folder);
	CHECK_EQUAL(seen, 1);
	CHECK(strangers <= 1); /* at most one that was alive just then */
	return 0;
}

static int only_what_can_be_written_opens_for_writing(void)
{
	CHECK_EQUAL(open("/proc/self/stat", O_WRONLY), -1);
	CHECK_EQUAL(errno, EACCES);
	CHECK_EQUAL(open("/proc/none", O_WRONLY | O_CREAT, 0600), -1);
	CHECK_EQUAL(errno, EROFS);
	CHECK_EQUAL(unlink("/proc/meminfo"), -1);
	CHECK_EQUAL(errno, EROFS);
	return 0;
}

static int names_that_are_no_process_are_not_found(void)
{
	static const char *const paths[] = {"/proc/0", "/proc/32767", "/proc/01", "/proc/1x", "/proc/-1", "/proc/4294967297"};
	struct stat st;

	for (unsigned i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		CHECK_EQUAL(stat(paths[i], &st), -1);
		CHECK_EQUAL(errno, ENOENT);
	}
	return 0;
}

/* A process that computes gathers time in its stat, and the clock of the machine goes on. */
static int times_grow(void)
{
	char text[128];
	double before, after;

	CHECK(file_read("/proc/uptime", text, sizeof text) > 0);
	before = strtod(text, NULL);
	do {
		CHECK(file_read("/proc/uptime", text, sizeof text) > 0);
		after = strtod(text, NULL);
		CHECK(after >= before);
	} while (after < before + 0.03);
	CHECK(file_read("/proc/self/stat", text, sizeof text) > 0);
	CHECK(strrchr(text, ' ') && atol(strrchr(text, ' ')) >= 1);
	return 0;
}

TARGET_CASES(procfs, CASE(maps_agree_with_what_the_process_sees), CASE(meminfo_counts_what_is_taken),
	     CASE(self_is_the_reader), CASE(a_borrower_is_its_own_self_in_its_lenders_memory),
	     CASE(cmdline_holds_the_arguments), CASE(reading_byte_by_byte_gives_the_same),
	     CASE(files_of_a_process_end_with_it), CASE(the_folder_can_be_read_while_processes_come_and_go),
	     CASE(only_what_can_be_written_opens_for_writing), CASE(names_that_are_no_process_are_not_found),
	     CASE(times_grow), HELPER(ends_with_its_input))
