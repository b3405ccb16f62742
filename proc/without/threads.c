/*
 * In the place of proc/threads.c, futex.c and pilock.c and of fs/semaphore.c, for boards whose processes have one thread each: nobody makes a record of
 * threads.
 */
#include "../threads.h"

#include <kernel/panic.h>

struct thread *threads_find(int tid)
{
	return tid == 0 || tid == 1 ? thread_current() : NULL;
}

struct thread *thread_after(const struct process *process, const struct thread *thread)
{
	return thread ? NULL : process->thread;
}

unsigned process_thread_count(const struct process *process)
{
	return process->thread != NULL;
}

ticks_t process_cpu_time(const struct process *process)
{
	if (!process->thread)
		return process->runtime;
	return process->thread == thread_current() ? thread_cpu_time() : process->thread->runtime;
}

abi_sigset threads_blocked(const struct threads *threads)
{
	ASSERT(!threads);
	return 0;
}

void threads_mark(struct process *process)
{
	ASSERT(!process->threads);
}

_Noreturn void threads_obey(void)
{
	PANIC("a thread is to end that is the only one");
}

unsigned threads_exit(struct process *process, unsigned status)
{
	ASSERT(!process->threads);
	return status;
}

int threads_end_others(struct process *process)
{
	ASSERT(!process->threads);
	return 0;
}
