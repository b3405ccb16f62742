/*
 * env: prints the environment, or runs a command in a changed one.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "env";
const char app_usage[] = "[-i] [-u NAME] [NAME=VALUE...] [COMMAND [ARG...]]";

extern char **environ;

static char **env; /* room for the environment and all assignments of the command line */
static int count;

static int find(const char *assignment)
{
	size_t len = strcspn(assignment, "=");

	for (int i = 0; i < count; i++)
		if (strncmp(env[i], assignment, len) == 0 && env[i][len] == '=')
			return i;
	return -1;
}

static void assign(char *assignment)
{
	int i = find(assignment);

	if (i < 0)
		i = count++;
	env[i] = assignment;
	env[count] = NULL;
}

static void remove_variable(const char *name)
{
	int i = find(name);

	if (i < 0)
		return;
	env[i] = env[--count];
	env[count] = NULL;
}

static int print(void)
{
	for (int i = 0; i < count; i++) {
		out_str(env[i]);
		out_char('\n');
	}
	return out_end(0);
}

int main(int argc, char **argv)
{
	struct opt o;
	int c;

	env = calloc((size_t)(opt_count(environ) + argc + 1), sizeof(*env));
	if (!env)
		return msg_error("env");
	for (char **e = environ; *e; e++)
		env[count++] = *e;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "iu:"))) {
		if (c == '?')
			return usage();
		if (c == 'u')
			remove_variable(o.arg);
		else
			env[count = 0] = NULL;
	}
	for (; *o.argv && strchr(*o.argv, '='); o.argv++)
		assign(*o.argv);
	if (!*o.argv)
		return print();
	environ = env;
	execvp(*o.argv, o.argv);
	c = errno;
	msg_error(*o.argv);
	return c == ENOENT ? 127 : 126;
}
