/*
 * Signals and traps. The actions of traps are kept with the variables (var.c) under the name of their condition. A handler only
 * notes its signal in sh.signals; run_list runs the action between two commands.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "out.h"
#include "sh.h"
#include "signame.h"

#define SIGNAL_COUNT 32 /* that can have a trap: as many as bits in a word */

#define BIT(sig) (1u << (sig))
/* The signals that stop a job. */
#define STOPPING (BIT(SIGTSTP) | BIT(SIGTTIN) | BIT(SIGTTOU))

static void note_signal(int sig)
{
	sh.signal_status = 128 + sig;
	__atomic_fetch_or(&sh.signals, BIT(sig), __ATOMIC_RELAXED);
}

/* The name of a condition: of a signal, or of the end of the shell, which is condition 0. */
static const char *condition_name(int sig)
{
	return sig ? signal_name(sig) : "EXIT";
}

static const char *trap_action(int sig)
{
	const char *name = condition_name(sig);

	return body_get(VAR_TRAP, name, strlen(name));
}

/* What the shell does with a signal that has no trap. */
static void (*own_action(int sig))(int)
{
	unsigned ignored = sh.opt_m ? STOPPING : 0;

	if (sh.interactive) {
		if (sig == SIGINT)
			return note_signal;
		ignored |= BIT(SIGQUIT) | BIT(SIGTERM);
	}
	return ignored & BIT(sig) ? SIG_IGN : SIG_DFL;
}

void signal_restore(int sig)
{
	const char *text = trap_action(sig);
	void (*action)(int) = !text ? own_action(sig) : *text ? note_signal : SIG_IGN;

	sh.reset |= BIT(sig);
	if (text ? !*text : action == SIG_DFL)
		sh.reset &= ~BIT(sig);
	signal_set(sig, action);
}

void signals_restore(void)
{
	for (int sig = 1; sig < SIGNAL_COUNT; sig++)
		if ((STOPPING | BIT(SIGINT) | BIT(SIGQUIT) | BIT(SIGTERM)) & BIT(sig))
			signal_restore(sig);
}

/* In a vfork child: what the shell catches or ignores for itself. Only job control may stop what is not a job of its own. */
void signals_for_child(int control, int background)
{
	unsigned reset = sh.reset;

	if (!control)
		reset &= ~STOPPING;
	for (int sig = 1; sig < SIGNAL_COUNT; sig++)
		if (reset & BIT(sig))
			signal_set(sig, SIG_DFL);
	if (background && !control) {
		signal_set(SIGINT, SIG_IGN);
		signal_set(SIGQUIT, SIG_IGN);
	}
}

static void trap_set(int sig, const char *action)
{
	const char *name = condition_name(sig);

	if (action)
		body_set(VAR_TRAP, name, strlen(name), action, strlen(action));
	else
		body_unset(VAR_TRAP, name);
	signal_restore(sig);
}

/* Runs the action of a condition, that of the end only once; false if it has none. $? is afterwards what it was before. */
static int trap_run(int sig)
{
	const char *action = trap_action(sig);
	int status = sh.status;

	if (!action)
		return 0;
	action = mem_copy(action);
	if (sig == 0)
		trap_set(0, NULL);
	input_run_text(action);
	if (!sh.leave)
		sh.status = status;
	return 1;
}

void traps_run(void)
{
	for (int sig = 1; sh.signals && sig < SIGNAL_COUNT; sig++) {
		if (!(sh.signals & BIT(sig)))
			continue;
		__atomic_fetch_and(&sh.signals, ~BIT(sig), __ATOMIC_RELAXED);
		if (!trap_run(sig)) {
			sh.status = 128 + sig;
			sh.leave = LEAVE_ALL;
		}
	}
}

void shell_exit(int status)
{
	sh.top = NULL;
	sh.leave = LEAVE_NONE;
	sh.one_command = 0;
	sh.status = status;
	trap_run(0);
	out_flush();
	_exit(sh.status);
}

/* The condition that an operand names; -1: none that can have a trap. */
static int condition(const char *name)
{
	long n;

	if (parse_number(name, &n) < 0)
		n = strcmp(name, "EXIT") == 0 ? 0 : signal_number(name);
	return n >= 0 && n < SIGNAL_COUNT && condition_name((int)n) ? (int)n : -1;
}

/* trap; trap ACTION CONDITION...; trap - CONDITION...; trap NUMBER... */
int trap_main(char **args)
{
	const char *action = NULL;
	int status = 0;
	long n;

	args++;
	if (*args && strcmp(*args, "--") == 0)
		args++;
	if (!*args)
		var_print("trap -- ", VAR_TRAP);
	else if (args[1] && parse_number(*args, &n) < 0)
		action = *args++;
	if (action && strcmp(action, "-") == 0)
		action = NULL;
	for (; *args; args++) {
		int sig = condition(*args);

		if (sig < 0)
			status = msg_text(*args, "bad signal");
		else
			trap_set(sig, action);
	}
	return status;
}
