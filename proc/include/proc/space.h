/*
 * Memory spaces: text, and one arena [stack | data | bss | heap]. Counted: a lender and its borrower share one.
 *
 *      base            data          brk        end of block
 *       | stack, grows  | data | bss | heap      |
 *       |        <- down|            | up ->     |
 *
 * PMP opens [text, text_end) for reading and execution and [base, brk) for reading and writing, nothing else.
 */
#pragma once

#include <arch.h>
#include <proc/text.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct space {
	struct arch_space arch;
	unsigned refs;
	uintptr_t text, text_end;  /* executable bytes */
	uintptr_t base, data, bss_end, brk; /* see the picture; heap = [bss_end, brk) */
	struct text *shared;       /* text loaded once from a file system that cannot show it in place; NULL otherwise */
	struct node program;       /* the file, held */
	uintptr_t reserved;        /* the block, which begins at base, reaches at least to here */
	uintptr_t args, args_end;  /* argv strings, for /proc/<pid>/cmdline */
	bool threaded;             /* more than one thread may run in it, so a borrower is not alone either */
	struct futex *waiters;     /* threads that wait for a word in it (futex.c), newest first */
};
