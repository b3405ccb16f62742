/*
 * Between the files of proc/.
 */
#pragma once

#include <kernel/klog.h>
#include <proc/process.h>
#include <proc/syscalls.h>
#include <proc/user.h>

/* A structure with a thread that has not started, no space, no parent, and a table of descriptors that is not even empty yet. -EAGAIN at the limit, -ENOMEM; then nothing is left behind. */
int process_create(struct process **out);
/* Takes back a process without children and space: one that never ran, or a zombie. */
void process_destroy(struct process *process);
void process_adopt(struct process *parent, struct process *child);

/* The last step of a process that has given back everything: its parent may reap it (exit.c). */
void process_become_zombie(struct process *process);

/* The loan (loan.c). */
void loan_make(struct process *borrower);
int loan_wait(struct process *borrower);
void loan_return(struct process *borrower);
/* `lender` is dying. If it borrows itself and somebody borrows from it, they will return its loan; true then. */
bool loan_pass_on(struct process *lender);
bool process_lends(const struct process *process);

/* Spaces (space.c). */
struct space_layout {
	size_t stack, args;            /* bytes of stack, and of arguments above it */
	size_t text, data, bss;        /* text: only that which lies in the arena (RAM images), between stack and data */
};
/* A space with an arena of that layout, cleared up to data; brk at the end of bss. NULL without memory. */
struct space *space_create(const struct space_layout *layout);
static inline void space_hold(struct space *space)
{
	space->refs++;
}
void space_release(struct space *space);
/* Recomputes what the PMP opens. */
void space_update(struct space *space);

/* Programs (bflt.c): a new space with the program of `file` in it, its entry point and the address at which arguments begin.
 * Nothing of the caller changes. -ENOEXEC, -ENOMEM, -EIO, -ETXTBSY. */
struct program {
	struct space *space;
	uintptr_t entry, gp, stack_top;
	uintptr_t sp; /* once its arguments are written */
};
int bflt_load(struct node file, size_t args, struct program *program);

/* Arguments (args.c): what goes before argv[0] (interpreters), argv, envp. */
#define ARGS_PREFIX_MAX 3
struct args {
	const char *prefix[ARGS_PREFIX_MAX];
	unsigned prefixes;
	char *const *argv, *const *envp; /* NULL: empty */
	unsigned argc, envc;             /* measured */
	size_t bytes;                    /* measured: of all strings, pointers and the count */
	bool skip_first;                 /* argv[0] is replaced by the prefix */
};
/* Counts and checks. -EFAULT, -E2BIG. */
int args_measure(struct args *args);
/* Writes argc, argv, envp and the strings below `top`; returns the stack pointer. */
uintptr_t args_write(const struct args *args, struct space *space, uintptr_t top);

/* Starts the first process (exec.c). */
int exec_first(struct process *process, const char *path);

/* Crash report of the calling process (report.c). */
void report_crash(int sig, const struct trapframe *frame, uintptr_t cause, uintptr_t address);
