/*
 * What every unit test shares: a fresh machine around each test with a comparison of kernel memory
 * before and after, small threads that leave notes, and panics that are expected.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <abi/errno.h>
#include <host.h>
#include <kernel/mem.h>
#include <kernel/thread.h>

#define UNIT_MEMORY (6u << 20)

/* A row of a test group: the function `behaviour` under the name unit.<area>.<behaviour>. */
#define UNIT(area, behaviour)                                                                                          \
	{                                                                                                              \
		"unit." #area "." #behaviour, unit_run, NULL, NULL, (void *)(uintptr_t)behaviour                       \
	}
#define UNIT_MAIN(area, tests)                                                                                         \
	int main(void)                                                                                                 \
	{                                                                                                              \
		return cmocka_run_group_tests_name("unit." #area, tests, NULL, NULL);                                  \
	}

/* Runs the test *state, a CMUnitTestFunction, in a forked copy of the program: on a machine with
 * UNIT_MEMORY bytes, of which nothing may be missing afterwards. What a test does to static
 * variables is gone with the copy, and a failure in the middle of a thread harms no other test. */
void unit_run(void **state);

/* Fails the test when kernel memory is not as it was before the test, or at the last unit_remember. */
void unit_remember(void);
void unit_assert_nothing_leaked(void);

/* A started FIFO thread that runs entry(arg). */
struct thread *unit_thread(unsigned prio, void (*entry)(void *), void *arg);

/* Notes are letters in the order in which things happened. */
void unit_note(char letter);
const char *unit_notes(void); /* and forgets them */
/* The entry of a thread that notes `letter`, a char. */
void unit_note_arg(void *letter);

/* Runs `act` in a forked copy of the test, where it must end the machine with `code`, having printed
 * `text` on the console. */
void unit_expect_end(void (*act)(void), int code, const char *text);
/* The same for a panic. */
void unit_expect_panic(void (*act)(void), const char *text);
