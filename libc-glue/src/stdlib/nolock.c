/* The library's own locks in a program that has one thread, as pthread_create is not linked. See src/thread/instead/lock.c. */
#include <sys/lock.h>

__attribute__((weak)) void __libc_lock(_LOCK_T *lock)
{
	(void)lock;
}

__attribute__((weak)) int __libc_trylock(_LOCK_T *lock)
{
	(void)lock;
	return 1;
}

__attribute__((weak)) void __libc_unlock(_LOCK_T *lock)
{
	(void)lock;
}
