/*
 * Options of a command line, by the POSIX syntax guidelines, without the stdio of getopt().
 */
#pragma once

struct opt {
	char **argv;      /* the first operand once opt_next has returned 0 */
	const char *arg;  /* argument of the option just returned */
	const char *rest; /* what remains of a cluster such as -lan */
};

/* Starts at argv[1]. */
void opt_init(struct opt *o, char **argv);

/*
 * The next option: its letter; 0 after the last; '?' for one that `letters` does not list, a missing argument, or --help.
 * A letter followed by ':' in `letters` takes an argument. "--" ends the options, "-" alone is an operand.
 */
int opt_next(struct opt *o, const char *letters);

/* Counts the operands from `argv` to its NULL. */
int opt_count(char **argv);
