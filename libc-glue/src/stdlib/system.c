/* Runs a command with the shell: POSIX system(). */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return status;
}

int system(const char *command)
{
	if (!command)
		return access("/bin/sh", X_OK) == 0;

	_sig_func_ptr interrupt = signal(SIGINT, SIG_IGN);
	_sig_func_ptr quit = signal(SIGQUIT, SIG_IGN);
	pid_t pid = vfork();
	if (pid == 0) {
		signal(SIGINT, interrupt);
		signal(SIGQUIT, quit);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	int status = pid < 0 ? -1 : wait_for(pid);
	signal(SIGINT, interrupt);
	signal(SIGQUIT, quit);
	return status;
}
