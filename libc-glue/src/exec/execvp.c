#include <unistd.h>

int execvpe(const char *file, char *const argv[], char *const envp[]);

int execvp(const char *file, char *const argv[])
{
	return execvpe(file, argv, environ);
}
