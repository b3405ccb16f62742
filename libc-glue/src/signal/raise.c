/* To the calling thread, whichever it is: in a child of vfork not the one that its parent's tp tells of. */
#include <signal.h>

#include "../../syscall/syscall.h"

int raise(int sig)
{
	return (int)sys_thread_kill(0, sig);
}
