#include <unistd.h>

#include "arguments.h"

int execlp(const char *file, const char *first, ...)
{
	va_list list;

	va_start(list, first);
	char *argv[arguments_count(first, list)];
	va_end(list);
	va_start(list, first);
	ARGUMENTS_FILL(argv, first, list);
	va_end(list);
	return execvp(file, argv);
}
