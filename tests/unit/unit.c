/*
 * The fixtures of unit.h.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define PANIC_EXIT 125

static struct {
	struct mem_stats before;
	char notes[256];
	size_t count;
} unit;

void unit_remember(void)
{
	mem_get_stats(&unit.before);
}

void unit_assert_nothing_leaked(void)
{
	struct mem_stats now;

	mem_check();
	mem_get_stats(&now);
	assert_int_equal(now.used_blocks, unit.before.used_blocks);
	assert_int_equal(now.free, unit.before.free);
	assert_int_equal(now.fragments, unit.before.fragments);
	assert_int_equal(now.largest, unit.before.largest);
}

static _Noreturn void run_in_child(CMUnitTestFunction test)
{
	void *none = NULL;

	setenv("CMOCKA_TEST_ABORT", "1", 1);
	host_boot(UNIT_MEMORY);
	unit_remember();
	test(&none);
	mem_fail_nth(0);
	unit_assert_nothing_leaked();
	host_shutdown();
	_exit(0);
}

/* AddressSanitizer warns once a process about swapcontext: once in the parent instead of once in each copy. */
static void warn_once(void)
{
	static volatile bool warned;
	ucontext_t here, back;

	getcontext(&here);
	if (!warned) {
		warned = true;
		swapcontext(&back, &here);
	}
}

void unit_run(void **state)
{
	int status;
	pid_t pid;

	warn_once();
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		run_in_child((CMUnitTestFunction)*state);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (status != 0)
		fail_msg("the test ended with status 0x%x", (unsigned)status);
}

struct thread *unit_thread(unsigned prio, void (*entry)(void *), void *arg)
{
	struct thread *thread = thread_create(THREAD_FIFO, prio);

	assert_non_null(thread);
	thread_set_entry(thread, entry, arg);
	thread_start(thread);
	return thread;
}

void unit_note(char letter)
{
	assert_true(unit.count + 1 < sizeof unit.notes);
	unit.notes[unit.count++] = letter;
}

void unit_note_arg(void *letter)
{
	unit_note((char)(uintptr_t)letter);
}

const char *unit_notes(void)
{
	unit.notes[unit.count] = '\0';
	unit.count = 0;
	return unit.notes;
}

/* Runs in the forked copy: the console goes to `out`, the end's code becomes the exit status. */
static void end_in_child(void (*act)(void), int out)
{
	int end;

	host_expect_end();
	end = setjmp(host_end);
	if (end == 0) {
		act();
		_exit(0x7f);
	}
	dprintf(out, "%s", host_console());
	_exit(end - 1);
}

void unit_expect_end(void (*act)(void), int code, const char *text)
{
	static char console[65536];
	size_t length = 0;
	ssize_t got;
	int ends[2], status;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		end_in_child(act, ends[1]);
	close(ends[1]);
	while ((got = read(ends[0], console + length, sizeof console - 1 - length)) > 0)
		length += (size_t)got;
	console[length] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != code || !strstr(console, text))
		fail_msg("expected exit code %d and '%s', got status 0x%x and:\n%s", code, text, (unsigned)status, console);
}

void unit_expect_panic(void (*act)(void), const char *text)
{
	unit_expect_end(act, PANIC_EXIT, text);
}
