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
#include "signame.h"

static int kill_usage(void)
{
	msg_text("usage", "kill [-SIGNAL] PID... | kill -l");
	return 2;
}

/* The number of a signal by its number or name; -1: unknown. */
static int signal_operand(const char *name)
{
	unsigned long n;

	if (num_parse(name, &n) == 0)
		return n < 64 ? (int)n : -1;
	return signal_number(name);
}

static int list_signals(void)
{
	for (int sig = 1; sig < 32; sig++) {
		const char *name = signal_name(sig);

		if (!name)
			continue;
		out_num_right((unsigned)sig, 2);
		out_char(' ');
		out_str(name);
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
	if (*args && (*args)[0] == '-' && strcmp(*args, "--") != 0) {
		name = *args++ + 1;
		if (strcmp(name, "s") == 0 && *args)
			name = *args++;
		if (strcmp(name, "-help") == 0)
			return kill_usage();
		sig = signal_operand(name);
	}
	if (*args && strcmp(*args, "--") == 0)
		args++;
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
