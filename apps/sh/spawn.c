/*
 * Processes: vfork and exec.
 *
 * The child runs on the shell's memory until it execs: it calls what is safe in a signal handler, changes nothing that the
 * shell reads later, and leaves by exec or _exit only. All that it needs was allocated before.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "opt.h"
#include "out.h"
#include "sh.h"

#ifndef SHELL_PATH
#define SHELL_PATH "/bin/sh"
#endif

static void child_stage(const struct stage *stage)
{
	int control = job_join(stage->job, !stage->background);

	signals_for_child(control, stage->background);
	if (stage->in >= 0) {
		dup2(stage->in, 0);
	} else if (stage->background && !control) {
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
	const char *name = args[0], *slash = strchr(name, '/');
	int error;

	if (slash)
		exec_path(args[0], args, env);
	else
		exec_search(args, env);
	error = errno;
	msg_text(name, error == ENOENT && !slash ? "not found" : err_text(error));
	return error == ENOENT || error == ENOTDIR ? 127 : 126;
}

int exec_program(char **args, char **env)
{
	out_flush();
	signals_for_child(1, 0);
	return exec_or_status(args, env);
}

static void __attribute__((noreturn))
child_run(char **args, const struct redir *redirs, char **env, const struct stage *stage)
{
	child_stage(stage);
	if (redir_apply(redirs) < 0)
		_exit(1);
	_exit(exec_or_status(args, env));
}

void spawn_program(char **args, const struct redir *redirs, char **env, const struct stage *stage)
{
	char **const targets = job_targets(args);
	pid_t pid;

	out_flush();
	pid = vfork();
	if (pid == 0)
		child_run(targets, redirs, env, stage);
	if (pid < 0)
		msg_error("vfork");
	job_add(stage->job, pid);
}

void spawn_shell(const char *text, const struct redir *redirs, const struct stage *stage)
{
	char **args = mem_alloc(((size_t)opt_count(sh.args) + 9) * sizeof(*args)), **arg = args += 2;

	*arg++ = (char *)SHELL_PATH;
	if (sh.opt_e && !sh.tested)
		*arg++ = (char *)"-e";
	if (sh.opt_x)
		*arg++ = (char *)"-x";
	*arg++ = (char *)"-c";
	*arg++ = (char *)text;
	*arg++ = (char *)sh.arg0;
	for (char **operand = sh.args; *operand; operand++)
		*arg++ = *operand;
	spawn_program(args, redirs, var_environment(1), stage);
}
