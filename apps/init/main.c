/*
 * init: process 1. It lives as long as the machine runs, so it takes as little RAM as it can: no heap but for a command
 * of the host's, no buffers in data.
 *
 *   /etc/command exists  its contents are one command of the host's (tools/run -c): run it with /dev/hostio as its
 *                        descriptors 0, 1 and 2, then power off with its status
 *   otherwise            sh /etc/rc if it exists, then /etc/motd and a shell on /dev/console, again and again
 *
 * In both cases it reaps the orphans that the kernel hands it.
 */
#include <fcntl.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "msg.h"

const char app_name[] = "init";

/* Makes `path` descriptors 0, 1 and 2. */
static int open_stdio(const char *path)
{
	for (int fd = 0; fd <= 2; fd++)
		close(fd);
	if (open(path, O_RDWR) != 0)
		return -1;
	dup(0);
	dup(0);
	return 0;
}

/* Runs /bin/sh with the arguments and waits for its end. Returns its exit status, 128 + signal if it was killed. */
static int run_shell(const char *name, const char *arg, const char *arg2)
{
	const char *argv[] = {name, arg, arg2, NULL};
	const char *envp[] = {"HOME=/", "PATH=/bin:/host", "TERM=vt100", NULL};
	int status = 0;
	pid_t pid, ended;

	pid = vfork();
	if (pid == 0) {
		execve("/bin/sh", (char *const *)argv, (char *const *)envp);
		msg_error("/bin/sh");
		_exit(127);
	}
	if (pid < 0)
		return msg_error("vfork");
	do
		ended = wait(&status);
	while (ended != pid && ended >= 0);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* The contents of /etc/command at the end of the heap, as a string; NULL if there is no such file. */
static char *host_command(void)
{
	struct stat st;
	ssize_t len;
	char *text;
	int fd = open("/etc/command", O_RDONLY);

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) < 0 || (text = sbrk((st.st_size + 16) & ~15l)) == (char *)-1) {
		close(fd);
		return NULL;
	}
	len = read(fd, text, (size_t)st.st_size);
	text[len < 0 ? 0 : len] = '\0';
	close(fd);
	return text;
}

static void print_file(const char *path)
{
	char buf[64];
	ssize_t n;
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		return;
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		write(1, buf, (size_t)n);
	close(fd);
}

static void serve_console(void)
{
	if (access("/etc/rc", R_OK) == 0)
		run_shell("sh", "/etc/rc", NULL);
	print_file("/etc/motd");
	for (;;)
		if (run_shell("-sh", NULL, NULL) == 127)
			sleep(1);
}

int main(void)
{
	char *command;

	command = host_command();
	if (!command) {
		open_stdio("/dev/console");
		serve_console();
	}
	if (open_stdio("/dev/hostio") < 0) {
		open_stdio("/dev/console");
		msg_error("/dev/hostio");
		reboot(RB_POWER_OFF, 125);
	}
	reboot(RB_POWER_OFF, run_shell("sh", "-c", command));
	return msg_error("reboot");
}
