/* A job and its state: jobs.c and jobcmd.c only. */
#pragma once

#include <sys/wait.h>
#include <termios.h>

#include "sh.h"

/* Among the statuses that waitpid gives: of a process, or a job, that has neither ended nor been stopped. */
#define RUNNING (-1)

/* Options of waitpid for all that it knows, without waiting. */
#define JOB_NEWS (WNOHANG | WUNTRACED | WCONTINUED)

struct job {
	struct job *next;
	char *text;           /* of the command, behind the processes */
	pid_t group;          /* its process group; 0: the shell's */
	int control;          /* the group is its own */
	int number;           /* 0: in the foreground */
	unsigned order;       /* the higher, the more current */
	int told;             /* the state that was shown last */
	struct termios modes; /* of the terminal, when the job was stopped; before that, when it started */
	unsigned count;
	struct {
		pid_t pid;
		int status;
	} processes[];
};

/* In the order in which they were started. */
extern struct job *jobs;

/*
 * Learns from waitpid, with these options, what has become of a job. Returns RUNNING while one of its processes is (with WNOHANG, or if
 * `for_traps` and a signal with a trap came); otherwise stopped if one is, which makes the job the current one; else the status of the last.
 */
int job_update(struct job *j, int options, int for_traps);
/* Gives it a number if it has none, and makes it the current job; one that is not stopped, behind those that are. */
void job_promote(struct job *j, int stopped);
/* Its exit status as $? has it; forgets the job if it has ended. */
int job_result(struct job *j, int state);
/* Shows the line of a job: "[number]+ state command". */
void job_show(struct job *j, int state);
/* The job of an operand: its name, or the id of its last process; NULL: there is none. */
struct job *job_find(const char *operand);
/* The job that is more current than all but `other`: a stopped one if there is one; NULL: none. */
struct job *job_current(const struct job *other);
/* The terminal takes the job's settings, the job keeps those of the terminal. */
void job_exchange_modes(struct job *j);
