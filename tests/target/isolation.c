/*
 * Isolation: what is not a process's own memory is closed to it. The access ends the process that does it, and nothing else.
 */
#include "harness.h"
#include "places.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLINT 0x02000000u
#define FINISHER 0x00100000u

enum access { READ, WRITE, JUMP };

static void touch(uintptr_t address, enum access access)
{
	if (access == READ)
		(void)*(volatile uint8_t *)address;
	else if (access == WRITE)
		*(volatile uint8_t *)address = 1;
	else
		((void (*)(void))address)();
}

/* The signal that ends a borrower which touches the address; 0 when it survives. The parent must come back. */
static int signal_of(uintptr_t address, enum access access)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		touch(address, access);
		_exit(0);
	}
	if (waitpid(pid, &status, 0) != pid)
		return -1;
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

/* Start or end of the named line of /proc/<who>/maps; 0 when there is none. */
static uintptr_t region(const char *who, const char *name, int end)
{
	char path[32], line[96];
	unsigned long from = 0, to = 0;
	uintptr_t found = 0;
	FILE *maps;

	snprintf(path, sizeof path, "/proc/%s/maps", who);
	maps = fopen(path, "r");
	while (maps && fgets(line, sizeof line, maps))
		if (strstr(line, name) && sscanf(line, "%lx-%lx", &from, &to) == 2)
			found = end ? to : from;
	if (maps)
		fclose(maps);
	return found;
}

static int kernel_memory_is_closed(void)
{
	CHECK_EQUAL(signal_of(KERNEL, READ), SIGSEGV);
	CHECK_EQUAL(signal_of(KERNEL + 0x10000, WRITE), SIGSEGV);
	CHECK_EQUAL(signal_of(KERNEL, JUMP), SIGSEGV);
	return 0;
}

static int devices_are_closed(void)
{
	CHECK_EQUAL(signal_of(UART, READ), SIGSEGV);
	CHECK_EQUAL(signal_of(UART, WRITE), SIGSEGV);
	CHECK_EQUAL(signal_of(CLINT + 0x4000, WRITE), SIGSEGV);
	CHECK_EQUAL(signal_of(FINISHER, WRITE), SIGSEGV);
	return 0;
}

static int another_process_is_closed(void)
{
	uintptr_t stack = region("1", "stack", 0), data = region("1", "data", 0);

	CHECK(stack != 0 && data != 0);
	CHECK_EQUAL(signal_of(stack, READ), SIGSEGV);
	CHECK_EQUAL(signal_of(data, WRITE), SIGSEGV);
	return 0;
}

static int below_the_stack_is_closed(void)
{
	uintptr_t stack = region("self", "stack", 0);

	CHECK(stack != 0);
	CHECK_EQUAL(signal_of(stack, READ), 0);
	CHECK_EQUAL(signal_of(stack - 1, READ), SIGSEGV);
	CHECK_EQUAL(signal_of(stack - 1, WRITE), SIGSEGV);
	return 0;
}

static int past_the_heap_is_closed(void)
{
	uintptr_t end = (uintptr_t)sbrk(64) + 64;

	CHECK_EQUAL(signal_of(end - 1, WRITE), 0);
	CHECK_EQUAL(signal_of(end, WRITE), SIGSEGV);
	sbrk(-64);
	CHECK_EQUAL(signal_of(end - 1, WRITE), SIGSEGV);
	return 0;
}

/* The closed byte right after an access to the open one before it: no stale permission of the page may help. */
static int the_byte_after_an_open_one_is_closed(void)
{
	uintptr_t end = (uintptr_t)sbrk(0);
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		touch(end - 1, READ);
		touch(end, READ);
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
	return 0;
}

/* Whole pages that were open, and used, a moment ago: whatever the processor remembers of them must not open them again. */
static int memory_given_back_is_closed_at_once(void)
{
	uintptr_t start = (uintptr_t)sbrk(4 * 4096);

	CHECK(start != (uintptr_t)-1);
	for (uintptr_t p = start; p < start + 4 * 4096; p += 512)
		touch(p, WRITE);
	sbrk(-4 * 4096);
	for (uintptr_t p = start; p < start + 4 * 4096; p += 4096)
		CHECK_EQUAL(signal_of(p, WRITE), SIGSEGV);
	return 0;
}

static int text_is_read_only(void)
{
	uintptr_t text = region("self", "text", 0), end = region("self", "text", 1);

	CHECK(text != 0 && end > text);
	CHECK_EQUAL(signal_of(text, READ), 0);
	CHECK_EQUAL(signal_of(text, WRITE), SIGSEGV);
	CHECK_EQUAL(signal_of(end - 1, WRITE), SIGSEGV);
	return 0;
}

static int data_is_not_executable(void)
{
	static uint16_t code[2] = {0x8082, 0x8082}; /* c.jr ra */

	CHECK_EQUAL(signal_of((uintptr_t)code, JUMP), SIGSEGV);
	return 0;
}

static int null_is_closed(void)
{
	CHECK_EQUAL(signal_of(0, READ), SIGSEGV);
	CHECK_EQUAL(signal_of(0, WRITE), SIGSEGV);
	CHECK_EQUAL(signal_of(0, JUMP), SIGSEGV);
	return 0;
}

__attribute__((noinline)) static int deep_recursion(int n)
{
	volatile char frame[256];

	memset((void *)frame, n, sizeof frame);
	return n == -1 ? 0 : deep_recursion(n + 1) + frame[n & 255];
}

static int stack_overflow_ends_the_process(void)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0)
		_exit(deep_recursion(0));
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGSEGV);
	return 0;
}

static int privileged_instructions_are_illegal(void)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		__asm__ volatile(".option push\n.option arch, +zicsr\ncsrr t0, mstatus\n.option pop" ::: "t0");
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGILL);
	return 0;
}

static int breakpoint_is_a_trap_signal(void)
{
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		__asm__ volatile("ebreak");
		_exit(0);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGTRAP);
	return 0;
}

/* New memory holds nothing of its last owner. */
static int fresh_memory_is_clear(void)
{
	uint8_t *heap = sbrk(4096);

	CHECK(heap != (void *)-1);
	for (int i = 0; i < 4096; i++)
		CHECK_EQUAL(heap[i], 0);
	memset(heap, 0x5a, 4096);
	sbrk(-4096);
	heap = sbrk(4096);
	for (int i = 0; i < 4096; i++)
		CHECK_EQUAL(heap[i], 0);
	sbrk(-4096);
	return 0;
}

TARGET_CASES(isolation, CASE(kernel_memory_is_closed), CASE(devices_are_closed), CASE(another_process_is_closed),
	     CASE(below_the_stack_is_closed), CASE(past_the_heap_is_closed), CASE(the_byte_after_an_open_one_is_closed),
	     CASE(memory_given_back_is_closed_at_once),
	     CASE(text_is_read_only),
	     CASE(data_is_not_executable), CASE(null_is_closed), CASE(stack_overflow_ends_the_process),
	     CASE(privileged_instructions_are_illegal), CASE(breakpoint_is_a_trap_signal), CASE(fresh_memory_is_clear))
