/*
 * What the programs of the suite share. A program is one file, rowNN_rule.c: cases, helpers, and the list of both.
 *
 *	static int parent_sees_the_pid(void)
 *	{
 *		pid_t pid = vfork();
 *
 *		if (pid == 0)
 *			_exit(7);
 *		CHECK(pid > 0);
 *		CHECK_EQUAL(suite_end(pid), 7);
 *		return 0;
 *	}
 *
 *	SUITE(row01_results, CASE(parent_sees_the_pid, BY_POSIX))
 *
 * Without an argument the program runs all of its cases, each as a process of its own (this program again, by vfork and
 * exec), and prints TAP; with the name of a case it runs that one. A case that does not end is ended by alarm().
 *
 * A helper is a function that runs in a process beside the case, for what only a third party can see or do. It and the
 * case meet through pipes: nobody sleeps, and whoever waits for one that is gone reads the end of the file.
 *
 * A child of vfork calls only what is safe in a signal handler, and what it tells its parent by memory is volatile. It sets
 * no other variable of the function that called vfork, and runs no loop there: the compiler may keep that where the parent
 * keeps something of its own. Such work stands in a function IN_CHILD, which has a frame of its own.
 */
#ifndef SUITE_H
#define SUITE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif
#ifndef __EXTENSIONS__
#define __EXTENSIONS__ 1
#endif

#include <errno.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Who promises what a case checks. A system is held to POSIX and to what its own manual says; the other cases run too,
 * and failing them is told and forgiven.
 */
#define BY_POSIX 1u
#define BY_LINUX 2u
#define BY_BSD 4u
#define BY_SOLARIS 8u
#define BY_SUBLET 16u
#define BY_ALL_MANUALS (BY_LINUX | BY_BSD | BY_SOLARIS | BY_SUBLET)

#define IN_CHILD static __attribute__((noinline, unused))

struct suite_case {
	const char *name;
	int (*run)(void);
	unsigned promised_by; /* 0: a helper */
};

extern const char *const suite_program;
extern const struct suite_case suite_cases[]; /* ended by a null name */

#define CASE(function, promised_by) {#function, function, promised_by}
#define HELPER(function) {#function, function, 0}
#define SUITE(program, ...)                         \
	const char *const suite_program = #program; \
	const struct suite_case suite_cases[] = {__VA_ARGS__, {0, 0, 0}};

#define SUITE_SKIPPED 77

/* Leave the case, failed, unless the condition holds; tells where, and errno. */
#define CHECK(condition)                                              \
	do {                                                          \
		if (!(condition)) {                                   \
			suite_failed(__FILE__, __LINE__, #condition); \
			return 1;                                     \
		}                                                     \
	} while (0)

/* The same for two integers; tells both. */
#define CHECK_EQUAL(actual, expected)                                                   \
	do {                                                                            \
		long actual_ = (long)(actual), expected_ = (long)(expected);            \
		if (actual_ != expected_) {                                             \
			suite_differs(__FILE__, __LINE__, #actual, actual_, expected_); \
			return 1;                                                       \
		}                                                                       \
	} while (0)

/* Leave the case: it cannot be tried on this system. */
#define SKIP(reason) return suite_skipped(reason)

void suite_failed(const char *file, int line, const char *condition);
void suite_differs(const char *file, int line, const char *expression, long actual, long expected);
int suite_skipped(const char *reason);

/* The path of this program. */
const char *suite_self(void);

/* A pipe whose both ends are closed by exec. 0, or -1 with errno. */
int suite_pipe(int ends[2]);

/* One byte. Returns 1, or less when it could not be written. Usable in a child of vfork. */
int suite_send(int fd, char byte);
/* One byte, waited for; -1 at the end of the file or on an error. Usable in a child of vfork. */
int suite_receive(int fd);

/*
 * Start a helper as a process beside the caller. `in` and `out` become its descriptors SUITE_IN and SUITE_OUT, -1: none;
 * its exit status is what the function returns. Returns its pid, or -1 with errno.
 */
#define SUITE_IN 20
#define SUITE_OUT 21
pid_t suite_start(const char *helper, int in, int out);
/* exec of a helper, for a child of vfork: returns -1 with errno when it failed. */
int suite_exec(const char *helper);

/* Wait for a child: its exit status, SUITE_SIGNAL + the signal that ended it, or -1 with errno. */
#define SUITE_SIGNAL 1000
int suite_end(pid_t pid);

/* Seconds of the alarm that this process had from before its exec; each process gets SUITE_SECONDS instead. */
extern unsigned suite_alarm_before;

/* The number of open descriptors. */
int suite_descriptors(void);

#endif
