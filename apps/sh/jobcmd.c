/*
 * The commands about jobs, and how they name them: %n, %% or %+ or %, %-, %text.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "jobs.h"
#include "msg.h"
#include "out.h"

struct job *job_current(const struct job *other)
{
	struct job *best = NULL;

	for (struct job *j = jobs; j; j = j->next)
		if (j->number && j != other && (!best || j->order > best->order))
			best = j;
	return best;
}

/* What stands behind the % of a job's name. */
static struct job *job_named(const char *name)
{
	struct job *current = job_current(NULL), *previous = job_current(current);
	unsigned special = find_word("% + - ", name, strlen(name));
	long n;

	if (special == 3 && previous)
		return previous;
	if (special || !*name)
		return current;
	if (parse_number(name, &n) < 0)
		n = 0;
	for (struct job *j = jobs; j; j = j->next)
		if (j->number && (n ? j->number == n : strncmp(j->text, name, strlen(name)) == 0))
			return j;
	return NULL;
}

struct job *job_find(const char *operand)
{
	long pid;

	if (*operand == '%')
		return job_named(operand + 1);
	if (parse_number(operand, &pid) == 0)
		for (struct job *j = jobs; j; j = j->next)
			if (j->processes[j->count - 1].pid == pid)
				return j;
	return NULL;
}

static void resume(struct job *j)
{
	for (unsigned i = 0; i < j->count; i++)
		if (WIFSTOPPED(j->processes[i].status))
			j->processes[i].status = RUNNING;
	j->told = RUNNING;
	kill(-j->group, SIGCONT);
}

/* fg and bg. */
int resume_main(char **args, int foreground)
{
	struct job *j = args[1] ? job_find(args[1]) : job_current(NULL);

	if (!j || !j->control)
		return msg_text(args[1], "no such job");
	if (foreground) {
		out_str(j->text);
		out_char('\n');
		out_flush();
		job_exchange_modes(j);
		tcsetpgrp(JOB_TERMINAL, j->group);
	} else {
		job_promote(j, 0);
		job_show(j, RUNNING);
	}
	resume(j);
	return foreground ? job_foreground(j) : 0;
}

/* A stopped one is waited for until it goes on or ends: it may do that already, and waitpid not know it yet. */
static int job_wait(struct job *j, int options)
{
	int state = job_update(j, j->control ? options : 0, 1);

	return state == RUNNING ? 0 : job_result(j, state);
}

/* A signal with a trap ends the waiting; the status is then 128 and its number. */
int wait_main(char **args)
{
	struct job *next;
	int status = 0;

	for (struct job *j = args[1] ? NULL : jobs; j; j = next) {
		next = j->next;
		job_wait(j, WUNTRACED);
	}
	while (*++args) {
		struct job *j = job_find(*args);

		status = j ? job_wait(j, WUNTRACED | WCONTINUED) : 127;
	}
	return sh.signals ? sh.signal_status : status;
}

char **job_targets(char **args)
{
	char **first = args;

	if (strcmp(args[0], "kill") != 0)
		return args;
	for (char **arg = args + 1; *arg; arg++) {
		const struct job *j = **arg == '%' ? job_find(*arg) : NULL;
		const char *target;

		if (!j)
			continue;
		target = number_text(j->control ? -j->group : j->processes[j->count - 1].pid);
		*arg = mem_copy(target);
		if (arg == args + 1) {
			*--first = args[0];
			args[0] = (char *)"--";
		}
	}
	return first;
}
