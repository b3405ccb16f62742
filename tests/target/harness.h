/*
 * Target tests: programs that run in the guest, one file per area. A case is a function that returns 0 when it holds; the
 * harness runs each in a process of its own and compares free memory, processes and its own descriptors before and after.
 *
 *	static int parent_resumes_after_exec(void)
 *	{
 *		CHECK(vfork_and_exec("/bin/true") == 0);
 *		return 0;
 *	}
 *
 *	TARGET_CASES(vfork, CASE(parent_resumes_after_exec))
 *
 * In the guest, `/host/tests/vfork` runs all cases of the file and prints TAP; names given as arguments run alone.
 */
#pragma once

#include <errno.h>
#include <sys/types.h>

struct target_case {
	const char *name;
	int (*run)(void);
	int helper; /* not a case: what target_start runs */
};

extern const char *const target_area;
extern const struct target_case target_cases[]; /* ended by a NULL name */

#define CASE(function) { #function, function, 0 }
#define HELPER(function) { #function, function, 1 }
#define TARGET_CASES(area, ...)                                                                                        \
	const char *const target_area = #area;                                                                         \
	const struct target_case target_cases[] = { __VA_ARGS__, { 0, 0, 0 } };

/* What a case returns when it does not apply to this machine. */
#define TARGET_SKIP 77

/* Leave the case, failed, unless the condition holds; says where and what errno was. */
#define CHECK(condition)                                                                                               \
	do {                                                                                                           \
		if (!(condition)) {                                                                                    \
			target_failed(__FILE__, __LINE__, #condition, errno);                                          \
			return 1;                                                                                      \
		}                                                                                                      \
	} while (0)

/* The same for two integers, printing both. */
#define CHECK_EQUAL(actual, expected)                                                                                  \
	do {                                                                                                           \
		long actual_ = (long)(actual), expected_ = (long)(expected);                                           \
		if (actual_ != expected_) {                                                                            \
			target_differs(__FILE__, __LINE__, #actual, actual_, expected_);                               \
			return 1;                                                                                      \
		}                                                                                                      \
	} while (0)

/* Print a diagnostic line of a failed check. */
void target_failed(const char *file, int line, const char *condition, int error);
void target_differs(const char *file, int line, const char *expression, long actual, long expected);

/* Run this program's case `name` in a child; returns its wait status, or -1 if it could not be started. */
int target_spawn_case(const char *name);

/*
 * Start this program's helper `name` as a process that runs beside the caller; its exit status is what the function returns.
 * `in` and `out` become its descriptors TARGET_IN and TARGET_OUT, -1: none. Pipes should be made with O_CLOEXEC, or
 * the helper holds the other ends too. Returns its pid, or -1.
 */
#define TARGET_IN 20
#define TARGET_OUT 21
pid_t target_start(const char *name, int in, int out);
/* exec of a helper, for a child of vfork: returns only when it fails. */
void target_exec(const char *name);

/* The wait status of a child that ends by itself, or -1. */
int target_wait(pid_t pid);
/* The wait status of a child that is ended here by SIGKILL, or -1. */
int target_end(pid_t pid);

/* The letter of a process's state as /proc has it; 0 when there is no such process. */
char target_state(pid_t pid);
/* Let others run until the process is in that state; 0 (false) when it does not get there. */
int target_reaches_state(pid_t pid, char state);

/* Free memory of the machine in bytes, and the number of its processes, from /proc; -1 when it cannot be read. */
long target_free_memory(void);
int target_process_count(void);

/* Open descriptors of the caller. */
int target_descriptor_count(void);
