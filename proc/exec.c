/*
 * execve. All that can fail comes first and builds a new space; exec_commit is the one point after which the old program is gone,
 * and nothing in it fails. An error returns to the caller, which goes on as it was: a borrower goes on borrowing.
 */
#include "internal.h"

#include <arch.h>
#include <kernel/mem.h>
#include <kernel/string.h>

#define SCRIPT_LINE 128

static void name_set(struct process *process, const char *path)
{
	const char *base = path;
	unsigned i = 0;

	for (const char *p = path; *p; p++)
		if (*p == '/' && p[1])
			base = p + 1;
	for (; i < PROCESS_NAME_MAX && base[i] && base[i] != '/'; i++)
		process->name[i] = base[i];
	memset(process->name + i, 0, sizeof process->name - i);
}

static void exec_commit(struct process *process, const struct program *program)
{
	struct space *old = process->space;
	struct thread *thread = process->thread; /* the only one */

	process->space = program->space;
	thread->space = &program->space->arch;
	arch_frame_init(thread->frame, program->entry, program->sp, program->gp);
	if (process->watched)
		thread->frame->guard.calls = 0;
	thread->work |= THREAD_WORK_FULL;
	fdtable_close_on_exec(&process->files);
	signals_exec(process);
	process->has_execed = true;
	if (old)
		space_release(old);
	loan_return(process);
}

static char *skip_blanks(char *p)
{
	while (*p == ' ' || *p == '\t')
		p++;
	return p;
}

/* The first line of a script without "#!" and surrounding blanks, cut at its end; NULL when it is too long. */
static char *script_line(char *line, long length)
{
	char *end = line + 2;

	while (end < line + length && *end != '\n')
		end++;
	if (end == line + SCRIPT_LINE)
		return NULL;
	while (end > line + 2 && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
		end--;
	*end = '\0';
	return skip_blanks(line + 2);
}

/* "interpreter [argument]" becomes one or two prefixes; all that follows the interpreter is one argument, as everywhere. */
static int script_parse(char *p, struct args *args)
{
	if (!p || !*p)
		return -ENOEXEC;
	args->prefix[args->prefixes++] = p;
	while (*p && *p != ' ' && *p != '\t')
		p++;
	if (!*p)
		return 0;
	*p++ = '\0';
	args->prefix[args->prefixes++] = skip_blanks(p);
	return 0;
}

struct exec {
	struct args args;
	struct node file;
	char *line; /* of a script: the interpreter's name and argument lie in it */
	char *path; /* copies for a caller who is not alone in its memory; NULL */
	void *copy;
};

/* Finds a program; the file is held, or none on an error. */
static int exec_find(struct exec *exec, const char *path)
{
	int error = vfs_open_exec(path, &exec->file);

	if (error < 0)
		exec->file = (struct node){0};
	return error;
}

/* `file` starts with "#!": replaces it by its interpreter. */
static int exec_script(struct exec *exec, const char *path)
{
	long length;
	int error;

	exec->line = mem_alloc(SCRIPT_LINE + 1);
	if (!exec->line)
		return -ENOMEM;
	length = vfs_read_exec(exec->file, 0, exec->line, SCRIPT_LINE);
	error = length < 0 ? (int)length : script_parse(script_line(exec->line, length), &exec->args);
	if (error < 0)
		return error;
	exec->args.prefix[exec->args.prefixes++] = path;
	exec->args.skip_first = true;
	vfs_release(exec->file);
	return exec_find(exec, exec->args.prefix[0]);
}

static int exec_open(struct exec *exec, const char *path)
{
	char start[2];
	int error = exec_find(exec, path);

	if (error < 0)
		return error;
	if (vfs_read_exec(exec->file, 0, start, 2) == 2 && start[0] == '#' && start[1] == '!')
		return exec_script(exec, path);
	return 0;
}

static void exec_close(struct exec *exec)
{
	if (exec->file.fs)
		vfs_release(exec->file);
	mem_free(exec->line);
	mem_free(exec->path);
	mem_free(exec->copy);
}

/* Builds the new space with its arguments. */
static int exec_load(struct exec *exec, const char *path, struct program *program)
{
	int error = exec_open(exec, path);

	if (error == 0)
		error = args_measure(&exec->args);
	if (error == 0)
		error = bflt_load(exec->file, exec->args.bytes, program);
	if (error == 0)
		program->sp = args_write(&exec->args, program->space, program->stack_top);
	return error;
}

/* The last things that can fail. The process must have one thread when the old program goes. */
static int exec_prepare(struct process *process, struct program *program)
{
	int error = limits_forbid_space(process->limits, program->space) ? -ENOMEM : 0;

	if (error == 0 && process->threads)
		error = threads_end_others(process);
	if (error < 0)
		space_release(program->space);
	return error;
}

static int exec_run(struct process *process, const char *path, struct exec *exec)
{
	struct program program;
	int error = exec_load(exec, path, &program);

	if (error == 0)
		error = exec_prepare(process, &program);
	if (error == 0)
		name_set(process, path);
	exec_close(exec);
	if (error == 0)
		exec_commit(process, &program);
	return error;
}

/* Other threads run in the caller's memory while the program is loaded: takes path and arguments out of it. */
static __attribute__((noinline)) int exec_copy(struct exec *exec, const char **path)
{
	size_t size = strlen(*path) + 1;

	exec->path = mem_alloc(size);
	if (!exec->path)
		return -ENOMEM;
	*path = memcpy(exec->path, *path, size);
	return args_copy(&exec->args, &exec->copy);
}

long sys_execve(const char *path, char *const *argv, char *const *envp)
{
	struct exec exec = {.args = {.argv = argv, .envp = envp}};
	int error = process_current()->space->threaded ? exec_copy(&exec, &path) : 0;

	if (error < 0) {
		exec_close(&exec);
		return error;
	}
	error = exec_run(process_current(), path, &exec);
	if (error == 0)
		thread_load_space();
	return error;
}

int exec_first(struct process *process, const char *path)
{
	struct exec exec = {.args = {.prefix = {path}, .prefixes = 1}};

	return exec_run(process, path, &exec);
}
