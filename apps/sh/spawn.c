/*
 * Processes: vfork and exec, wait, and the table of background jobs.
 *
 * The child runs on the shell's memory until it execs: it calls what is safe in a signal handler, changes nothing that the
 * shell reads later, and leaves by exec or _exit only. All that it needs was allocated before.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "msg.h"
#include "out.h"
#include "sh.h"

#define JOB_MAX 8

#ifndef SHELL_PATH
#define SHELL_PATH "/bin/sh"
#endif

/* Background jobs whose status `wait` may still ask for. */
static struct job {
	pid_t pid;  /* 0: free */
	int status; /* -1: running */
} jobs[JOB_MAX];

/* The signals of the keyboard: the interactive shell ignores them, its children in the foreground do not. Those in the background are in
 * the same process group, and must not be ended by ^C. */
static void child_signals(int background)
{
	if (background) {
		signal(SIGINT, SIG_IGN);
		signal(SIGQUIT, SIG_IGN);
	} else if (sh.interactive) {
		signal(SIGINT, SIG_DFL);
		signal(SIGQUIT, SIG_DFL);
	}
	if (sh.interactive)
		signal(SIGTERM, SIG_DFL);
}

static void child_stage(const struct stage *stage)
{
	if (stage->in >= 0) {
		dup2(stage->in, 0);
	} else if (stage->background && !sh.interactive) {
		close(0);
		open("/dev/null", O_RDONLY);
	}
	if (stage->out >= 0)
		dup2(stage->out, 1);
}

/* A script without #! in another shell: its arguments behind "sh" and its path; args[-1] is free. The vector is the parent's, so what fits is
 * copied. */
static void exec_script(char *path, char **args, char **env)
{
	char *few[64], **vector = args - 1;
	size_t size = 2;

	while (args[size - 2])
		size++;
	if (size <= 64)
		vector = memcpy(few, vector, size * sizeof *vector);
	vector[0] = (char *)"sh";
	vector[1] = path;
	execve(SHELL_PATH, vector, env);
}

static void exec_path(char *path, char **args, char **env)
{
	execve(path, args, env);
	if (errno == ENOEXEC)
		exec_script(path, args, env);
}

/* Tries the folders of PATH. Sets errno. */
static void exec_search(char **args, char **env)
{
	const char *name = args[0];
	int error = ENOENT;
	char buf[PATH_MAX];

	for (const char *p = var_value("PATH"); *p; p += *p == ':') {
		size_t len = strcspn(p, ":");

		if (len + strlen(name) + 2 > sizeof buf) {
			error = ENAMETOOLONG;
			p += len;
			continue;
		}
		memcpy(buf, p, len);
		strcpy(buf + len + (len > 0), name);
		if (len > 0)
			buf[len] = '/';
		p += len;
		exec_path(buf, args, env);
		if (errno != ENOENT && errno != ENOTDIR)
			error = errno;
	}
	errno = error;
}

void make_pipe(int fds[2])
{
	if (pipe2(fds, O_CLOEXEC) < 0)
		fatal("pipe", err_text(errno));
}

/* Only returns if exec failed: the status to end with, after a message. */
static int exec_or_status(char **args, char **env)
{
	const char *name = args[0];
	int error;

	if (strchr(name, '/'))
		exec_path(args[0], args, env);
	else
		exec_search(args, env);
	error = errno;
	msg_text(name, error == ENOENT && !strchr(name, '/') ? "not found" : err_text(error));
	return error == ENOENT || error == ENOTDIR ? 127 : 126;
}

int exec_program(char **args, char **env)
{
	out_flush();
	child_signals(0);
	return exec_or_status(args, env);
}

static void __attribute__((noreturn))
child_run(char **args, const struct redir *redirs, char **env, const struct stage *stage)
{
	child_signals(stage->background);
	child_stage(stage);
	if (redir_apply(redirs) < 0)
		_exit(1);
	_exit(exec_or_status(args, env));
}

pid_t spawn_program(char **args, const struct redir *redirs, char **env, const struct stage *stage)
{
	pid_t pid;

	out_flush();
	pid = vfork();
	if (pid == 0)
		child_run(args, redirs, env, stage);
	if (pid < 0)
		msg_error("cannot start a process");
	return pid;
}

pid_t spawn_shell(const char *text, const struct redir *redirs, const struct stage *stage)
{
	struct words w;

	words_init(&w);
	words_add(&w, (char *)SHELL_PATH);
	if (sh.opt_e && !sh.tested)
		words_add(&w, (char *)"-e");
	if (sh.opt_x)
		words_add(&w, (char *)"-x");
	words_add(&w, (char *)"-c");
	words_add(&w, (char *)text);
	words_add(&w, (char *)sh.arg0);
	for (char **arg = sh.args; *arg; arg++)
		words_add(&w, *arg);
	return spawn_program(words_vector(&w, 1), redirs, var_environment(1), stage);
}

static int wait_status(pid_t pid, int *status)
{
	pid_t r;

	do
		r = waitpid(pid, status, 0);
	while (r < 0 && errno == EINTR);
	return r < 0 ? -1 : 0;
}

static void report_signal(int signal_number)
{
	static const unsigned char numbers[] = {
		SIGILL, SIGABRT, SIGFPE, SIGKILL, SIGBUS, SIGSEGV, SIGTERM, SIGSYS, SIGTRAP, SIGHUP};
	static const char texts[] = "Illegal instruction\0Aborted\0Floating point exception\0Killed\0Bus error\0"
				    "Segmentation fault\0Terminated\0Bad system call\0Trace trap\0Hangup";
	const char *text = texts;

	for (unsigned i = 0; i < sizeof(numbers); i++, text += strlen(text) + 1) {
		if (numbers[i] == signal_number) {
			out_to(2);
			out_str(text);
			out_char('\n');
			out_to(1);
		}
	}
}

static int exit_status(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int wait_child(pid_t pid)
{
	int status;

	if (wait_status(pid, &status) < 0)
		return 127;
	if (WIFSIGNALED(status))
		report_signal(WTERMSIG(status));
	return exit_status(status);
}

static struct job *job_find(pid_t pid)
{
	for (struct job *j = jobs; j < jobs + JOB_MAX; j++)
		if (j->pid == pid)
			return j;
	return NULL;
}

void job_reap(void)
{
	int status;

	for (struct job *j = jobs; j < jobs + JOB_MAX; j++)
		if (j->pid && j->status < 0 && waitpid(j->pid, &status, WNOHANG) == j->pid)
			j->status = exit_status(status);
}

/* With no room left, the status of a job that has ended is forgotten, or else that of the first in the table. */
void job_add(pid_t pid)
{
	struct job *free_job = job_find(0);

	for (struct job *j = jobs; !free_job && j < jobs + JOB_MAX; j++)
		if (j->status >= 0)
			free_job = j;
	if (!free_job)
		free_job = jobs;
	free_job->pid = pid;
	free_job->status = -1;
}

int job_wait(pid_t pid)
{
	struct job *j = job_find(pid);
	int status;

	if (pid <= 0 || !j)
		return 127;
	status = j->status >= 0 ? j->status : wait_child(pid);
	j->pid = 0;
	return status;
}

void job_wait_all(void)
{
	for (struct job *j = jobs; j < jobs + JOB_MAX; j++)
		if (j->pid)
			job_wait(j->pid);
}
