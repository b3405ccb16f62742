/*
 * sh: start. See sh.h for how the shell is made.
 */
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "sh.h"

const char app_name[] = "sh";

extern char **environ;

struct start {
	const char *command;
	char want_command, want_stdin;
};

/* Reads the options; returns the first operand, or NULL after the usage. */
static char **read_options(char **argv, struct start *start)
{
	for (argv++; *argv && (*argv)[0] == '-' && (*argv)[1]; argv++) {
		if (strcmp(*argv, "--") == 0)
			return argv + 1;
		for (const char *p = *argv + 1; *p; p++) {
			if (*p == 'c')
				start->want_command = 1;
			else if (*p == 's')
				start->want_stdin = 1;
			else if (!set_option(*p, 1))
				return NULL;
		}
	}
	return argv;
}

static void start_interactive(void)
{
	sh.interactive = 1;
	set_option('m', 1);
	if (!var_get("PS1", 3))
		var_set("PS1", 3, "$ ");
	if (!var_get("PS2", 3))
		var_set("PS2", 3, "> ");
	input_interactive();
}

int main(int argc, char **argv)
{
	struct start start = {0};
	char **operands;
	char base;

	(void)argc;
	sh.stack = &base;
	sh.arg0 = argv[0];
	sh.pid = getpid();
	var_import(environ);
	operands = read_options(argv, &start);
	if (!operands || (start.want_command && !*operands)) {
		msg_put("usage: sh [-emx] [-c COMMAND [NAME] | -s | FILE] [ARG...]\n");
		return STATUS_SYNTAX;
	}
	if (start.want_command) {
		start.command = *operands++;
		if (*operands)
			sh.arg0 = *operands++;
	} else if (*operands && !start.want_stdin) {
		sh.arg0 = *operands++;
		sh.args = operands;
		if (input_run_file(sh.arg0) < 0)
			shell_exit(127);
		shell_exit(sh.status);
	}
	sh.args = operands;
	if (start.command) {
		sh.one_command = 1;
		input_run_text(start.command);
	} else if (isatty(0)) {
		start_interactive();
	} else {
		input_stdin();
	}
	shell_exit(sh.status);
}
