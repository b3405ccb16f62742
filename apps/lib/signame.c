/*
 * Names of signals, in a table without pointers, which costs no RAM.
 */
#include "signame.h"

#include <signal.h>
#include <string.h>

/* The names follow each other in the order of the numbers. */
static const unsigned char numbers[] = {
	SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGKILL, SIGBUS, SIGSEGV, SIGSYS, SIGPIPE,
	SIGALRM, SIGTERM, SIGURG, SIGSTOP, SIGTSTP, SIGCONT, SIGCHLD, SIGTTIN, SIGTTOU, SIGWINCH, SIGUSR1, SIGUSR2,
};

static const char names[] =
	"HUP\0INT\0QUIT\0ILL\0TRAP\0ABRT\0FPE\0KILL\0BUS\0SEGV\0SYS\0PIPE\0"
	"ALRM\0TERM\0URG\0STOP\0TSTP\0CONT\0CHLD\0TTIN\0TTOU\0WINCH\0USR1\0USR2";

int signal_number(const char *name)
{
	const char *known = names;
	if (strncmp(name, "SIG", 3) == 0)
		name += 3;
	for (unsigned i = 0; i < sizeof(numbers); i++, known += strlen(known) + 1)
		if (strcmp(known, name) == 0)
			return numbers[i];
	return -1;
}

const char *signal_name(int number)
{
	const char *known = names;

	for (unsigned i = 0; i < sizeof(numbers); i++, known += strlen(known) + 1)
		if (numbers[i] == number)
			return known;
	return NULL;
}
