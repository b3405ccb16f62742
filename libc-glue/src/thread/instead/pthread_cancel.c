#include <errno.h>
#include <unistd.h>

#include "../cancel.h"
#include "../tid.h"

/* Brings in the stubs of cancellation points, of which the linker keeps those that the program calls. */
#define POINT(name) __asm__(".globl __cancellable_" #name);
POINT(close)
POINT(nanosleep)
POINT(open)
POINT(poll)
POINT(ppoll)
POINT(pread)
POINT(pwrite)
POINT(read)
POINT(sigsuspend)
POINT(sigtimedwait)
POINT(wait4)
POINT(waitid)
POINT(write)

/* The process whose threads are cancelled: not its child during a loan, which would run their handlers in its place. */
static pid_t process;

void __cancel_act(void)
{
	const struct thread_tail *tail = own_tail();

	if (!tail->held && !tail->disabled && getpid() == process)
		pthread_exit(PTHREAD_CANCELED);
}

long __cancel_error(long result);
/* What a stub ends with that was not successful. */
long __cancel_error(long result)
{
	if (result == -EINTR)
		pthread_testcancel();
	return syscall_error(result);
}

/* A thread that holds off cancellation needs no wake-up, and would see an interruption that has no cause. */
int pthread_cancel(pthread_t thread)
{
	struct thread_tail *tail = tail_of(thread);
	int tid = tid_lock(thread);

	process = getpid();
	__atomic_store_n(&tail->cancelled, 1, __ATOMIC_SEQ_CST);
	if (tid >= 0 && thread != pthread_self() && !tail->held && !tail->disabled)
		raw_thread_cancel(tid);
	tid_unlock(thread);
	return 0;
}
