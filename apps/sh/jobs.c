/*
 * Jobs: every pipeline that the shell starts, from its first process to its last status.
 *
 * With job control (set -m, the rule at a terminal) a job is a process group of its own. A child joins it before it execs, and
 * takes the terminal if the job is in the foreground; the shell, suspended by the vfork, never races with that. When the job ends
 * or stops, the shell takes the terminal back, and its settings too unless the job ended by itself (so that stty works).
 */
#include "jobs.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "out.h"
#include "signame.h"

/* The status of a process that could not be started, or of which waitpid knows nothing. */
#define NO_PROCESS (127 << 8)

/* Ended jobs whose status a script may still ask for. */
#define JOBS_KEPT 8

/* In the order of a job: it was stopped. */
#define STOPPED_FIRST 0x80000000u

struct job *jobs;
static unsigned newest; /* the highest order, but for that bit */

struct job *job_new(const char *text, const char *end, unsigned processes, int control)
{
	size_t len = (size_t)(end - text), head = sizeof(*jobs) + processes * sizeof(jobs->processes[0]);
	struct job *j = mem_keep(head + len + 1), **link = &jobs;

	while (len > 0 && text[len - 1] <= ' ')
		len--;
	memset(j, 0, head + len + 1);
	j->text = memcpy((char *)j + head, text, len);
	j->told = RUNNING;
	j->control = control && sh.opt_m && tcgetattr(JOB_TERMINAL, &j->modes) == 0;
	while (*link)
		link = &(*link)->next;
	return *link = j;
}

void job_add(struct job *j, pid_t pid)
{
	j->processes[j->count].pid = pid;
	j->processes[j->count++].status = pid < 0 ? NO_PROCESS : RUNNING;
	if (j->control && j->group == 0 && pid > 0)
		j->group = pid;
}

int job_join(const struct job *j, int foreground)
{
	if (j->control) {
		setpgid(0, j->group);
		if (foreground)
			tcsetpgrp(JOB_TERMINAL, j->group ? j->group : getpid());
	}
	return j->control;
}

static int has_ended(int state)
{
	return state != RUNNING && !WIFSTOPPED(state);
}

/* True if waitpid may have news of a process. */
static int worth_asking(int status, int options)
{
	return status == RUNNING || (options & WCONTINUED && WIFSTOPPED(status));
}

int job_update(struct job *j, int options, int for_traps)
{
	int state = 0;

	for (unsigned i = 0; i < j->count; i++) {
		int *status = &j->processes[i].status, news;
		pid_t r = 1;

		while (r && worth_asking(*status, options)) {
			r = waitpid(j->processes[i].pid, &news, options);
			if (r < 0 && errno == EINTR) {
				if (for_traps && sh.signals)
					return RUNNING;
				continue;
			}
			if (r)
				*status = r < 0 ? NO_PROCESS : WIFCONTINUED(news) ? RUNNING : news;
			if (!(options & WNOHANG) && WIFSTOPPED(*status))
				break;
		}
		if (state != RUNNING && (*status == RUNNING || !WIFSTOPPED(state)))
			state = *status;
	}
	if (WIFSTOPPED(state) && !WIFSTOPPED(j->told))
		job_promote(j, 1);
	return state;
}

static void job_remove(struct job *j)
{
	struct job **link = &jobs;

	while (*link != j)
		link = &(*link)->next;
	*link = j->next;
	free(j);
}

static int exit_status(int state)
{
	if (WIFSTOPPED(state))
		return 128 + WSTOPSIG(state);
	return WIFSIGNALED(state) ? 128 + WTERMSIG(state) : WEXITSTATUS(state);
}

int job_result(struct job *j, int state)
{
	if (has_ended(state))
		job_remove(j);
	return exit_status(state);
}

void job_promote(struct job *j, int stopped)
{
	int number = 0;

	for (const struct job *other = jobs; other; other = other->next)
		if (other->number > number)
			number = other->number;
	if (!j->number)
		j->number = number + 1;
	j->order = ++newest | (stopped ? STOPPED_FIRST : 0);
}

static void out_number(const char *before, long n, char after)
{
	out_str(before);
	out_str(number_text(n));
	out_char(after);
}

/* Running, Stopped, Done, Done(status), or Killed(signal). */
static void show_state(int state)
{
	const char *word = "Running", *detail = NULL;

	if (WIFSTOPPED(state)) {
		word = "Stopped";
	} else if (WIFSIGNALED(state)) {
		word = "Killed";
		detail = signal_name(WTERMSIG(state));
	} else if (state != RUNNING) {
		word = "Done";
		if (state)
			detail = number_text(WEXITSTATUS(state));
	}
	out_str(word);
	if (detail) {
		out_char('(');
		out_str(detail);
		out_char(')');
	}
}

void job_show(struct job *j, int state)
{
	const struct job *current = job_current(NULL);

	out_number("[", j->number, ']');
	out_char(j == current ? '+' : j == job_current(current) ? '-' : ' ');
	out_char(' ');
	show_state(state);
	out_char(' ');
	out_str(j->text);
	out_char('\n');
	j->told = state;
}

void job_exchange_modes(struct job *j)
{
	struct termios now;

	tcgetattr(JOB_TERMINAL, &now);
	tcsetattr(JOB_TERMINAL, TCSADRAIN, &j->modes);
	j->modes = now;
}

/* The terminal goes back to the shell, and to how it was before the job. */
static void take_terminal(struct job *j, int state)
{
	tcsetpgrp(JOB_TERMINAL, getpid());
	if (!WIFEXITED(state))
		job_exchange_modes(j);
}

/* Of a death that is no part of ordinary life the user is told at once, of the rest before the next prompt. */
static void tell(int state, int signaled)
{
	out_to(2);
	if (signaled && signaled != SIGINT)
		show_state(state);
	out_char('\n');
	out_to(1);
}

/* ^C and ^Z lead back to the prompt. */
int job_foreground(struct job *j)
{
	int state = job_update(j, j->control ? WUNTRACED : 0, 0);
	int stopped = WIFSTOPPED(state), signaled = WIFSIGNALED(state) ? WTERMSIG(state) : 0;

	if (j->control)
		take_terminal(j, state);
	if (stopped || (signaled && signaled != SIGPIPE))
		tell(state, signaled);
	if (sh.interactive && (stopped || signaled == SIGINT))
		sh.leave = LEAVE_ALL;
	return job_result(j, state);
}

void job_background(struct job *j)
{
	pid_t last = j->processes[j->count - 1].pid;

	if (last > 0)
		sh.last_job = last;
	job_promote(j, 0);
	if (sh.interactive) {
		out_to(2);
		out_number("[", j->number, ']');
		out_number(" ", last, '\n');
		out_to(1);
	}
}

/* Between commands, a job with control has a number unless an error kept the shell from starting all of it: that one is ended. */
void jobs_look(const char *operand)
{
	struct job *next;

	for (struct job *j = jobs; j; j = next) {
		int state = job_update(j, JOB_NEWS, 0);
		int show = sh.interactive && state != j->told;

		next = j->next;
		if (j->control && !j->number && !operand) {
			if (state == RUNNING)
				kill(-j->group, SIGTERM);
			job_foreground(j);
			continue;
		}
		if (operand)
			show = !*operand || job_find(operand) == j;
		if (j->number && show)
			job_show(j, state);
		if (has_ended(state) && (sh.interactive || show || !j->number || newest - j->order >= JOBS_KEPT))
			job_remove(j);
	}
}

void jobs_settle(void)
{
	out_to(2);
	jobs_look(NULL);
	out_to(1);
}
