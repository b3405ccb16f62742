/*
 * exec with a search in PATH. Called in children of vfork, which write to their parent's memory: everything lies on the
 * stack and nothing is allocated.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_PATH "/bin:/usr/bin"

/* A file that the kernel does not know is a script of the shell (POSIX, execvp). */
static int exec_shell(const char *path, char *const argv[], char *const envp[])
{
	size_t count = 0;

	while (argv[count])
		count++;

	char *shell[count + 3];
	size_t at = 0;
	shell[at++] = (char *)"sh";
	shell[at++] = (char *)path;
	for (size_t i = 1; i < count; i++)
		shell[at++] = argv[i];
	shell[at] = NULL;
	return execve("/bin/sh", shell, envp);
}

static int exec_path(const char *path, char *const argv[], char *const envp[])
{
	execve(path, argv, envp);
	if (errno == ENOEXEC)
		exec_shell(path, argv, envp);
	return -1;
}

/* Puts "folder/file" into path; an empty folder is the working directory. */
static int join(char path[PATH_MAX], const char *folder, size_t length, const char *file)
{
	if (length + 1 + strlen(file) >= PATH_MAX)
		return -1;
	memcpy(path, folder, length);
	if (length > 0)
		path[length++] = '/';
	strcpy(path + length, file);
	return 0;
}

/* Errors that mean "not here": the search goes on. */
static int is_missing(int error)
{
	return error == ENOENT || error == ENOTDIR || error == EACCES || error == ENAMETOOLONG || error == ELOOP;
}

static int exec_search(const char *file, const char *folders, char *const argv[], char *const envp[])
{
	char path[PATH_MAX];
	int error = ENOENT;

	for (;;) {
		size_t length = strcspn(folders, ":");
		if (join(path, folders, length, file) == 0) {
			exec_path(path, argv, envp);
			if (!is_missing(errno))
				return -1;
			if (errno == EACCES)
				error = EACCES;
		}
		if (folders[length] == '\0')
			break;
		folders += length + 1;
	}
	errno = error;
	return -1;
}

int execvpe(const char *file, char *const argv[], char *const envp[])
{
	const char *folders = getenv("PATH");

	if (*file == '\0') {
		errno = ENOENT;
		return -1;
	}
	if (strchr(file, '/'))
		return exec_path(file, argv, envp);
	return exec_search(file, folders ? folders : DEFAULT_PATH, argv, envp);
}
