/*
 * Threads begin and end. A thread's block comes from malloc; it is freed by who joins it, or, when nobody will, by the next
 * call that comes past: a thread cannot free the stack that it ends on.
 */
#include <stdlib.h>
#include <string.h>

#include "../attr.h"
#include "../thread.h"

/* Brings in the locks that take the place of those that do nothing. */
__asm__(".globl __libc_locks_work");
__asm__(".globl __heap_locks_work");

/* For a program without stdio. This must not be what a program without threads finds first, so the file is in libthreads.a. */
void __sinit(struct _reent *reent);
__attribute__((weak)) void __sinit(struct _reent *reent)
{
	(void)reent;
}

/* From the linker: what thread-local variables begin with, and the first thread's, which follow its tp. */
extern const char __tls_image[], __tls_image_end[], __main_tp[], __tls_end[];

/* What malloc is asked for beside a stack and thread-local variables: the structures, and what aligning them takes. */
#define STRUCTURES (sizeof(struct thread_life) + sizeof(struct _reent) + sizeof(struct thread_tail) + STACK_ALIGNMENT)

/* The streams are those of the process: they are made now, so that no thread makes its own. */
static void share_streams(struct _reent *reent)
{
	if (!__main_thread.__sdidinit)
		__sinit(&__main_thread);
	reent->_stdin = __main_thread._stdin;
	reent->_stdout = __main_thread._stdout;
	reent->_stderr = __main_thread._stderr;
	reent->__sdidinit = __main_thread.__sdidinit;
	reent->_locale = __main_thread._locale;
}

/* Thread-local variables, then zeros: what malloc gives is not. */
static void make_variables(char *tp, size_t size)
{
	size_t image = (size_t)(__tls_image_end - __tls_image);

	memcpy(tp, __tls_image, image);
	memset(tp + image, 0, size - image);
}

/* A stack of the library's, the structures, and behind tp thread-local variables. */
static pthread_t make(const pthread_attr_t *attributes, uintptr_t *sp)
{
	size_t below = attributes->stack ? 0 : attributes->size, variables = (size_t)(__tls_end - __main_tp);
	char *memory = malloc(below + STRUCTURES + variables);

	if (!memory)
		return NULL;
	uintptr_t tp = ((uintptr_t)memory + below + STRUCTURES) & ~(uintptr_t)(STACK_ALIGNMENT - 1);
	pthread_t thread = (pthread_t)(void *)tp;
	struct thread_life *life = (struct thread_life *)(void *)reent_of(thread) - 1;
	memset(life, 0, tp - (uintptr_t)life);
	life->memory = memory;
	life->detached = attributes->detach_state == PTHREAD_CREATE_DETACHED;
	share_streams(reent_of(thread));
	if (variables > 0)
		make_variables((char *)tp, variables);
	uintptr_t top = attributes->stack ? (uintptr_t)attributes->stack + attributes->size : (uintptr_t)life;
	*sp = top & ~(uintptr_t)(STACK_ALIGNMENT - 1);
	return thread;
}

/* A thread begins here, with its number, maybe before its creator has been told that. */
static void begin(struct thread_life *life, int tid)
{
	own_tail()->tid = (uint16_t)tid;
	pthread_exit(life->routine(life->argument));
}

static int start(pthread_t thread, const pthread_attr_t *attributes, uintptr_t sp)
{
	bool inherit = attributes->inherit_sched == PTHREAD_INHERIT_SCHED;
	const struct abi_thread spec = {
		.entry = (uintptr_t)begin,
		.argument = (uintptr_t)life_of(thread),
		.sp = sp,
		.tp = (uintptr_t)thread,
		.policy = inherit ? ABI_THREAD_INHERIT : attributes->policy,
		.priority = attributes->parameters.sched_priority,
	};

	/* Under the lock, so that it cannot have ended and been freed before its tid is here. */
	__libc_lock(&__threads.lock);
	__threads.more++;
	int tid = (int)raw_thread_create(&spec);
	if (tid >= 0)
		tail_of(thread)->tid = (uint16_t)tid;
	else
		__threads.more--;
	__libc_unlock(&__threads.lock);
	return tid;
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attributes, void *(*routine)(void *),
		   void *restrict argument)
{
	const pthread_attr_t defaults = ATTRIBUTES_DEFAULT;
	uintptr_t sp;

	__threads_reap();
	if (!attributes)
		attributes = &defaults;
	pthread_t made = make(attributes, &sp);
	if (!made)
		return EAGAIN;
	life_of(made)->routine = routine;
	life_of(made)->argument = argument;
	*thread = made;
	int tid = start(made, attributes, sp);
	if (tid >= 0)
		return 0;
	free(life_of(made)->memory);
	return tid == -ENOMEM ? EAGAIN : -tid;
}
