/*
 * The fixture of world.h.
 */
#include "world.h"

#include <kernel/trap.h>
#include <kernel/waitq.h>
#include <stdlib.h>
#include <string.h>

extern long (*const syscall_table[])(void);

#define CALL_EXIT 0
#define CALL_VFORK 1
#define CALL_EXECVE 2

static bool body_done;
static uintptr_t borrowed_end;

/* User mode begins here: gp carries the function. */
static void user_main(struct trapframe *frame)
{
	((void (*)(void))frame->gp)();
	u_exit(0);
}

static void idle_main(void)
{
	u_exit(99);
}

static void init_main(struct trapframe *frame)
{
	((void (*)(void))frame->gp)();
	assert_null(process_next(process_init));
	assert_true(list_empty(&process_init->children));
	body_done = true;
}

static void init_dismantle(void)
{
	struct process *init = process_init;

	fdtable_close_all(&init->files);
	cwd_release(init->cwd);
	space_release(init->space);
	init->space = NULL;
	init->thread = NULL; /* ended when init_main returned */
	process_destroy(init);
	process_init = NULL;
}

static void (*body)(void);

static void world_test(void **state)
{
	(void)state;
	memfs_reset();
	world_program("init", idle_main);
	process_start_init("/init");
	process_init->thread->frame->pc = (uintptr_t)init_main;
	process_init->thread->frame->gp = (uintptr_t)body;
	host_run();
	if (!body_done)
		fail_msg("init sleeps for ever");
	init_dismantle();
	memfs_assert_released();
}

void world_run(void **state)
{
	void *test = (void *)(uintptr_t)world_test;

	body = (void (*)(void))*state;
	unit_run(&test);
}

struct memfs_file *world_flat(const char *name, const struct flat_recipe *recipe)
{
	struct flat_image image = flat_make(recipe);

	return memfs_add(name, image.bytes, image.size, MEMFS_PROGRAM);
}

struct memfs_file *world_program(const char *name, void (*main)(void))
{
	return world_flat(name, &(struct flat_recipe){.main = main, .data = 64, .bss = 64});
}

/* Where the frame leads when it is not `home` nor the call before it, there is a handler to run; then it returns by sigreturn. */
static void handlers_run(struct trapframe *frame, uintptr_t home)
{
	while (frame->pc != home && frame->pc != home - HOST_CALL_SIZE) {
		struct abi_ucontext *context = (struct abi_ucontext *)frame->a2;
		u_handler handler = (u_handler)frame->pc;

		frame->pc = frame->sp; /* a place of its own for each call of a handler */
		handler((int)frame->result, (struct abi_siginfo *)frame->a1, context);
		user_return_call(frame, sys_sigreturn(context));
	}
}

void u_return(void)
{
	struct trapframe *frame = thread_current()->frame;
	uintptr_t home = frame->pc;

	arch_poll_interrupts();
	if (!thread_current()->work)
		return;
	user_return(frame);
	handlers_run(frame, home);
}

/* The call as the trap path makes it: the guard first. */
static long u_enter(unsigned number, const uintptr_t a[6])
{
	typedef long (*entry)(uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t, uintptr_t);
	struct trapframe *frame = thread_current()->frame;

	frame->call = number;
	if (number < frame->guard.calls)
		return ((entry)(void *)syscall_table[number])(a[0], a[1], a[2], a[3], a[4], a[5]);
	memcpy(frame->arguments, a, sizeof frame->arguments);
	return trap_guarded_call(frame);
}

long u_call(int number, ...)
{
	struct trapframe *frame = thread_current()->frame;
	uintptr_t a[6], home = frame->pc;
	va_list args;

	va_start(args, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(args, uintptr_t);
	va_end(args);
	assert_true(number >= 0 && number < SYSCALL_SLOTS && syscall_table[number]);
	do {
		long result;

		frame->pc = home + HOST_CALL_SIZE;
		frame->result = (long)a[0];
		result = u_enter((unsigned)number, a);
		arch_poll_interrupts();
		user_return_call(frame, result);
		handlers_run(frame, home + HOST_CALL_SIZE);
		assert_true(frame->pc != home || (uintptr_t)frame->result == a[0]);
	} while (frame->pc == home);
	frame->pc = home;
	return frame->result;
}

long u_vfork(void (*child)(void))
{
	struct trapframe *frame = thread_current()->frame, before = *frame;
	long result;

	frame->pc = (uintptr_t)user_main;
	frame->gp = (uintptr_t)child;
	result = u_enter(CALL_VFORK, (uintptr_t[6]){0, borrowed_end});
	before.guard = frame->guard;
	*frame = before;
	u_return();
	return result;
}

long u_vfork_from(uintptr_t end, void (*child)(void))
{
	long result;

	borrowed_end = end;
	result = u_vfork(child);
	borrowed_end = 0;
	return result;
}

long u_execve(const char *path, char *const *argv, char *const *envp)
{
	struct trapframe *frame = thread_current()->frame, before = *frame;
	long result = u_enter(CALL_EXECVE, (uintptr_t[6]){(uintptr_t)path, (uintptr_t)argv, (uintptr_t)envp});

	if (result < 0) {
		frame->call = before.call;
		memcpy(frame->arguments, before.arguments, sizeof before.arguments);
	}
	u_return();
	if (result < 0)
		return result;
	(*(void (**)(void))thread_current()->frame->pc)();
	u_exit(0);
}

_Noreturn void u_exit(int status)
{
	u_enter(CALL_EXIT, (uintptr_t[6]){(uintptr_t)status});
	abort();
}

long u_wait(int pid, int *status)
{
	long result = sys_wait4(pid, status, 0, NULL);

	u_return();
	return result;
}

static const char *spawn_path;

static void spawn_child(void)
{
	u_execve(spawn_path, NULL, NULL);
	u_exit(127);
}

long u_spawn(const char *path)
{
	spawn_path = u_string(path);
	return u_vfork(spawn_child);
}

long u_start(void (*program)(void))
{
	static char names[10][4];
	static int count;
	char *name = names[count];
	long pid;

	kformat(name, sizeof names[0], "/p%d", count++);
	world_program(name + 1, program);
	pid = u_spawn(name);
	u_sleep(10);
	return pid;
}

int u_reap(long pid)
{
	int *status = u_alloc(sizeof *status);

	assert_true(pid > 0);
	assert_int_equal(u_wait((int)pid, status), pid);
	return *status;
}

void u_lend(void (*child)(void))
{
	assert_int_equal(u_reap(u_vfork(child)), 0);
}

void u_run(void (*program)(void))
{
	world_program("program", program);
	assert_int_equal(u_reap(u_spawn("/program")), 0);
}

long u_kill(long pid, int sig)
{
	return u_call(6, (uintptr_t)pid, (uintptr_t)sig);
}

void *u_alloc(size_t size)
{
	long old = sys_sbrk((long)((size + 15) & ~(size_t)15));

	assert_true(old > 0);
	return (void *)old;
}

char *u_string(const char *text)
{
	return strcpy(u_alloc(strlen(text) + 1), text);
}

char **u_vector(const char *first, ...)
{
	char **vector = u_alloc(16 * sizeof *vector);
	const char *text = first;
	va_list args;
	int count = 0;

	va_start(args, first);
	for (; text; text = va_arg(args, const char *)) {
		assert_true(count < 15);
		vector[count++] = u_string(text);
	}
	va_end(args);
	vector[count] = NULL;
	return vector;
}

long u_action(int sig, uintptr_t handler, uint32_t flags)
{
	struct abi_sigaction *act = u_alloc(2 * sizeof *act);
	long error;

	act[0] = (struct abi_sigaction){.handler = handler, .restorer = 0x5e70, .flags = flags};
	error = u_call(14, (uintptr_t)sig, act, act + 1);
	return error < 0 ? error : (long)act[1].handler;
}

abi_sigset u_mask(int how, abi_sigset set)
{
	abi_sigset *sets = u_alloc(2 * sizeof *sets);

	sets[0] = set;
	assert_int_equal(u_call(46, (uintptr_t)how, sets, sets + 1), 0);
	return sets[1];
}

void u_sleep(ticks_t ticks)
{
	struct waitq nobody;

	waitq_init(&nobody);
	waitq_sleep(&nobody, SLEEP_INTERRUPTIBLE, host_time() + ticks);
	u_return();
}
