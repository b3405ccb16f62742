#include <unistd.h>

#include "arguments.h"

int execle(const char *path, const char *first, ...)
{
	va_list list;

	va_start(list, first);
	char *argv[arguments_count(first, list)];
	va_end(list);
	va_start(list, first);
	ARGUMENTS_FILL(argv, first, list);
	char *const *envp = va_arg(list, char *const *);
	va_end(list);
	return execve(path, argv, envp);
}
