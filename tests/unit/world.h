/*
 * Processes in a unit test. The body of a test runs as the program of init; programs are C
 * functions. After the body, every child has to be gone, every file released, and kernel memory as
 * it was.
 *
 * A program that wants something of the kernel uses the u_ functions: they make the call as the
 * trap path does, deliver what waits at the way back to user mode, and so may not return. Memory
 * that is passed to the kernel comes from u_alloc and its like.
 */
#pragma once

#include "flat.h"
#include "memfs.h"
#include "unit.h"

#include <abi/slots.h>
#include <proc/process.h>
#include <proc/syscalls.h>
#include <proc/user.h>

#include "../../proc/internal.h"

/* A row of a group whose tests are bodies of init. */
#define WORLD(area, behaviour)                                                                                         \
	{                                                                                                              \
		"unit." #area "." #behaviour, world_run, NULL, NULL, (void *)(uintptr_t)behaviour                      \
	}

void world_run(void **state);

/* A program in the file system; NULL recipe: the smallest with that main. */
struct memfs_file *world_program(const char *name, void (*main)(void));
struct memfs_file *world_flat(const char *name, const struct flat_recipe *recipe);

/* As the trap path: the return to user mode, where signals are delivered and other threads may run. */
void u_return(void);
/* The call `number` through the dispatch table, with up to 6 arguments; made again when a signal asks for it. */
long u_call(int number, ...);
/* Makes a child that borrows and runs `child`, then ends with status 0. */
long u_vfork(void (*child)(void));
/* The same from a function whose frame ends at `end`. */
long u_vfork_from(uintptr_t end, void (*child)(void));
/* Returns only errors. */
long u_execve(const char *path, char *const *argv, char *const *envp);
_Noreturn void u_exit(int status);
long u_wait(int pid, int *status);

/* A child that runs `program` from a file, with its own space; returns its pid, once it has left its
 * parent's. */
long u_spawn(const char *path);
/* The same for a C function under a file name of its own; 10 ticks later it sleeps, or has done what it does. */
long u_start(void (*program)(void));
/* Waits for the child and returns its wait status. */
int u_reap(long pid);

/* Lends to `child` and waits for it; it must end with status 0. */
void u_lend(void (*child)(void));
/* The same for a program of its own, whose end takes its threads with it. */
void u_run(void (*program)(void));

/* kill; 0 or -errno. */
long u_kill(long pid, int sig);

/* Memory, strings and vectors in the arena of the caller. */
void *u_alloc(size_t size);
char *u_string(const char *text);
char **u_vector(const char *first, ...); /* ends with NULL */

/* sigaction with an empty mask; returns the handler before, or -errno. */
long u_action(int sig, uintptr_t handler, uint32_t flags);
/* Handlers run where user mode goes on: inside u_return and u_call. They look at what they got with this type. */
typedef void (*u_handler)(int sig, struct abi_siginfo *info, struct abi_ucontext *context);
/* sigprocmask; returns the mask before. */
abi_sigset u_mask(int how, abi_sigset set);

/* Sleeps for that many ticks. */
void u_sleep(ticks_t ticks);
