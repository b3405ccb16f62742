/*
 * exit: atexit's functions, destructors, stdio, and out. newlib's own definitions replace the two empty ones below in
 * programs that link atexit or stdio, so that the others leave with a handful of instructions.
 */
#include <abi/abi.h>
#include <stdlib.h>
#include <unistd.h>

typedef void (*function)(void);

extern function __fini_array_start[], __fini_array_end[];

_Noreturn void exit_from(int status, uintptr_t how, uintptr_t from) __asm__("_exit"); /* the whole system call */

void __call_exitprocs(int status, void *object);
void _cleanup(void);

__attribute__((weak)) void __call_exitprocs(int status, void *object)
{
	(void)status;
	(void)object;
}

__attribute__((weak)) void _cleanup(void)
{
}

static __attribute__((noinline)) void run_destructors(void)
{
	for (function *each = __fini_array_end; each > __fini_array_start;)
		(*--each)();
}

void exit(int status)
{
	__call_exitprocs(status, NULL);
	if (&__fini_array_start[0] != &__fini_array_end[0])
		run_destructors();
	_cleanup();
	exit_from(status, ABI_EXIT_LIBRARY, (uintptr_t)__builtin_return_address(0));
}
