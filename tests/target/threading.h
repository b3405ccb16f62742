/* Threads by system calls alone: what the tests of threads share. Threads run plain C code here, with no library of their own. */
#pragma once

#include "calls.h"

#include <abi/abi.h>

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A system call; the result as the kernel gives it: -errno. */
static __attribute__((noinline)) long call4(long number, uintptr_t w, uintptr_t x, uintptr_t y, uintptr_t z)
{
	register long a0 __asm__("a0") = (long)w;
	register long a1 __asm__("a1") = (long)x;
	register long a2 __asm__("a2") = (long)y;
	register long a3 __asm__("a3") = (long)z;
	register long a7 __asm__("a7") = number;

	__asm__ volatile("ecall"
			 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a7)
			 :
			 : "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a4", "a5", "a6", "memory");
	return a0;
}
#define call(name, w, x, y, z) call4(CALL_##name, (uintptr_t)(w), (uintptr_t)(x), (uintptr_t)(y), (uintptr_t)(z))

#define STACK 1536
struct thread {
	_Alignas(16) char stack[STACK];
	int (*run)(struct thread *self);
	int id, argument;
	volatile int ended, result; /* ended: 0, then 1 */
};

static inline void thread_end(struct thread *self)
{
	call(thread_exit, &self->ended, 1, 0, 0);
}

static void thread_main(struct thread *self)
{
	self->result = self->run(self);
	thread_end(self);
	__builtin_trap();
}

/* Starts a thread; its id, or -errno. Policy -1: the caller's. */
static long thread_start_at(struct thread *thread, int (*run)(struct thread *), int policy, int priority)
{
	const struct abi_thread spec = {(uintptr_t)thread_main, (uintptr_t)thread, (uintptr_t)thread->stack + STACK, (uintptr_t)thread, policy, priority};
	long id;

	thread->run = run;
	thread->ended = 0;
	thread->result = -1;
	id = call(thread_create, &spec, 0, 0, 0);
	thread->id = (int)id;
	return id;
}

static inline long thread_start(struct thread *thread, int (*run)(struct thread *))
{
	return thread_start_at(thread, run, ABI_THREAD_INHERIT, 0);
}

/* Waits while *word is `value`. */
static inline void wait_while(volatile int *word, int value)
{
	while (*word == value)
		call(futex_wait, word, value, 0, 0);
}

static inline int thread_join(struct thread *thread)
{
	wait_while(&thread->ended, 0);
	return thread->result;
}

static inline void post(volatile int *sem)
{
	++*sem;
	call(futex_wake, sem, 1, 0, 0);
}

static inline void take(volatile int *sem)
{
	while (*sem == 0)
		call(futex_wait, sem, 0, 0, 0);
	--*sem;
}

/* Thread `id` sleeps: lets the others of its priority run until it does. The caller asks by a lower priority, or yields. */
static inline void yield_often(void)
{
	for (int i = 0; i < 20; i++)
		call(sched_yield, 0, 0, 0, 0);
}

/* What most threads wait for: that `gate` is not 0 any more. */
static volatile int gate;

static inline void open_gate(void)
{
	gate = 1;
	call(futex_wake, &gate, 100, 0, 0);
}

static inline int waits_at_the_gate(struct thread *self)
{
	(void)self;
	wait_while(&gate, 0);
	return 7;
}

/* Computes until the gate is open, and counts. */
static inline int spins(struct thread *self)
{
	while (!gate)
		self->argument++;
	return 0;
}

/* A pipe, and what a thread gets that reads from it. */
static int fds[2];

static inline int reads_a_byte(struct thread *self)
{
	char byte;

	(void)self;
	return (int)call(read, fds[0], &byte, 1, 0);
}

/* Helper: ends with status 0, by the end of its only thread. */
static inline int only_thread_ends(void)
{
	call(thread_exit, &gate, 1, 0, 0);
	return 1;
}

/* The number behind `name` in /proc/self/status; -1 when there is none. */
static inline int status_line(const char *name)
{
	char text[256];
	int fd = open("/proc/self/status", O_RDONLY);
	ssize_t length = read(fd, text, sizeof text - 1);
	const char *at;

	close(fd);
	if (length < 0)
		return -1;
	text[length] = 0;
	at = strstr(text, name);
	return at ? atoi(at + strlen(name)) : -1;
}
