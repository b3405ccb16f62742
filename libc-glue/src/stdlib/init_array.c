/* Runs the constructors of a program; crt0 calls it only where there are any. */
#include <stddef.h>

typedef void (*function)(void);

extern function __preinit_array_start[], __preinit_array_end[];
extern function __init_array_start[], __init_array_end[];

void __libc_init_array(void);

void __libc_init_array(void)
{
	for (function *each = __preinit_array_start; each < __preinit_array_end; each++)
		(*each)();
	for (function *each = __init_array_start; each < __init_array_end; each++)
		(*each)();
}
