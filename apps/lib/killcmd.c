/*
 * The kill command: kill [-SIGNAL | -s SIGNAL] PID..., kill -l.
 */
#include "killcmd.h"

#include <signal.h>
#include <string.h>
#include <sys/types.h>

#include "msg.h"
#include "num.h"
#include "out.h"

/* Without pointers, so that it takes no RAM. */
static const struct {
	unsigned char number;
	char name[6];
} signals[] = {
	{ SIGHUP, "HUP" },   { SIGINT, "INT" },   { SIGQUIT, "QUIT" }, { SIGILL, "ILL" },   { SIGTRAP, "TRAP" },
	{ SIGABRT, "ABRT" }, { SIGFPE, "FPE" },   { SIGKILL, "KILL" }, { SIGBUS, "BUS" },   { SIGSEGV, "SEGV" },
	{ SIGSYS, "SYS" },   { SIGPIPE, "PIPE" }, { SIGALRM, "ALRM" }, { SIGTERM, "TERM" }, { SIGURG, "URG" },
	{ SIGSTOP, "STOP" }, { SIGTSTP, "TSTP" }, { SIGCONT, "CONT" }, { SIGCHLD, "CHLD" }, { SIGTTIN, "TTIN" },
	{ SIGTTOU, "TTOU" }, { SIGWINCH, "WINCH" }, { SIGUSR1, "USR1" }, { SIGUSR2, "USR2" },
};
#define SIGNAL_COUNT (sizeof(signals) / sizeof(signals[0]))

static int kill_usage(void)
{
	msg_text("usage", "kill [-SIGNAL] PID... | kill -l");
	return 2;
}

/* The number of a signal by its number or name (with or without SIG); -1: unknown. */
static int signal_number(const char *name)
{
	unsigned long n;

	if (num_parse(name, &n) == 0)
		return n < 64 ? (int)n : -1;
	if (strncmp(name, "SIG", 3) == 0)
		name += 3;
	for (unsigned i = 0; i < SIGNAL_COUNT; i++)
		if (strncmp(signals[i].name, name, sizeof(signals[i].name)) == 0)
			return signals[i].number;
	return -1;
}

static int list_signals(void)
{
	for (unsigned i = 0; i < SIGNAL_COUNT; i++) {
		out_num_right(signals[i].number, 2);
		out_char(' ');
		out_bytes(signals[i].name, strnlen(signals[i].name, sizeof(signals[i].name)));
		out_char('\n');
	}
	return out_end(0);
}

static int send(int sig, const char *target)
{
	int group = *target == '-';
	unsigned long pid;

	if (num_parse(target + group, &pid) < 0)
		return msg_text(target, "not a process id");
	if (kill(group ? -(pid_t)pid : (pid_t)pid, sig) < 0)
		return msg_error(target);
	return 0;
}

int kill_main(char **args)
{
	int sig = SIGTERM, status = 0;
	const char *name = NULL;

	args++;
	if (*args && strcmp(*args, "-l") == 0)
		return list_signals();
	if (*args && strcmp(*args, "--") == 0) {
		args++;
	} else if (*args && (*args)[0] == '-') {
		name = *args++ + 1;
		if (strcmp(name, "s") == 0 && *args)
			name = *args++;
		if (strcmp(name, "-help") == 0)
			return kill_usage();
		sig = signal_number(name);
	}
	if (!*args)
		return kill_usage();
	if (sig < 0) {
		msg_text(name, "unknown signal");
		return kill_usage();
	}
	for (; *args; args++)
		status |= send(sig, *args);
	return status;
}
