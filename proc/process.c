/*
 * The table of processes: creation of the structure, look-up, family.
 *
 * Invariants: a process is in `processes.all` from process_create to process_destroy; its pid is unique there; every process but
 * init is in its parent's list of children.
 */
#include "internal.h"

#include <kernel/config.h>
#include <kernel/mem.h>
#include <kernel/panic.h>

#define PID_MAX 32767

struct process *process_init;

static struct {
	struct list all;
	unsigned count;
	unsigned last_pid;
	bool wrapped; /* pids have been used before: a new one may be taken */
} processes = {.all = LIST_INIT(processes.all)};

_Static_assert(CONFIG_PROCESS_MAX <= UINT8_MAX, "debtors are counted in a byte");

static struct process *process_at(struct list *it)
{
	return it == &processes.all ? NULL : list_entry(it, struct process, all);
}

struct process *process_find(int pid)
{
	list_for_each(it, &processes.all)
		if (process_at(it)->pid == pid)
			return process_at(it);
	return NULL;
}

struct process *process_next(const struct process *after)
{
	return process_at(after ? after->all.next : processes.all.next);
}

struct process *process_after_pid(int pid)
{
	struct process *best = NULL;

	list_for_each(it, &processes.all) {
		struct process *process = process_at(it);

		if (process->pid > pid && (!best || process->pid < best->pid))
			best = process;
	}
	return best;
}

/* As a pid, or as the name of a group or session that outlived its leader. */
static bool number_in_use(unsigned number)
{
	list_for_each(it, &processes.all) {
		const struct process *process = process_at(it);

		if (process->pid == number || process->pgrp == number || process->session == number)
			return true;
	}
	return false;
}

static unsigned pid_allocate(void)
{
	do {
		if (processes.last_pid++ == PID_MAX) {
			processes.last_pid = 2;
			processes.wrapped = true;
		}
	} while (processes.wrapped && number_in_use(processes.last_pid));
	return processes.last_pid;
}

/* Field by field: clearing the whole structure first would be a good part of what vfork costs. */
static void process_init_fields(struct process *process)
{
	list_init(&process->sibling);
	list_init(&process->children);
	process->parent = NULL;
	process->threads = NULL;
	process->space = NULL;
	process->owes = NULL;
	process->borrowing = false;
	process->state = PROCESS_ALIVE;
	process->has_execed = false;
	process->debtors = 0;
	process->stopped = 0;
	process->report = 0;
	process->fork_flags = 0;
	process->cpu_warnings = 0;
	process->limits = NULL;
	process->pid = (uint16_t)pid_allocate();
	waitq_init(&process->child_ended);
	process->children_runtime = 0;
}

int process_create(struct process **out)
{
	struct process *process;

	if (processes.count >= CONFIG_PROCESS_MAX)
		return -EAGAIN;
	process = mem_alloc(sizeof *process);
	if (!process)
		return -ENOMEM;
	process->thread = thread_create(THREAD_RR, THREAD_PRIO_DEFAULT);
	if (!process->thread) {
		mem_free(process);
		return -ENOMEM;
	}
	process->thread->owner = process;
	process_init_fields(process);
	list_append(&processes.all, &process->all);
	processes.count++;
	*out = process;
	return 0;
}

void process_destroy(struct process *process)
{
	ASSERT(list_empty(&process->children) && !process->space && !process->borrowing);
	if (process->thread)
		thread_free(process->thread);
	if (process->limits)
		limits_release(process->limits);
	list_unlink(&process->sibling);
	list_unlink(&process->all);
	processes.count--;
	mem_free(process);
}

void process_adopt(struct process *parent, struct process *child)
{
	list_remove(&child->sibling);
	list_append(&parent->children, &child->sibling);
	child->parent = parent;
}

static char thread_letter(const struct thread *thread)
{
	if (thread->state != THREAD_SLEEPING)
		return 'R';
	return thread_lends(thread) ? 'D' : 'S';
}

/* Of several threads the one that tells most: R, then S, then D. */
char process_state_letter(const struct process *process)
{
	char best = 'D';

	if (!process->thread)
		return 'Z';
	if (process->stopped)
		return 'T';
	for (struct thread *it = thread_after(process, NULL); it; it = thread_after(process, it)) {
		char letter = thread_letter(it);

		if (letter == 'R' || best == 'D')
			best = letter;
	}
	return best;
}

void process_start_init(const char *path)
{
	int error = process_create(&process_init);

	if (error < 0)
		PANIC("no memory for init");
	sem_make(&process_init->home, 0);
	signals_init(&process_init->signals);
	process_init->pgrp = process_init->session = process_init->pid;
	fdtable_init(&process_init->files);
	process_init->cwd = cwd_root();
	process_init->umask = 022;
	process_init->watched = false;
	process_init->nice = 0;
	error = exec_first(process_init, path);
	if (error < 0) {
		klog_emergency("cannot start %s: error %d\n", path, -error);
		PANIC("no init");
	}
	thread_set_user(process_init->thread);
	thread_start(process_init->thread);
}
