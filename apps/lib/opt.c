/*
 * Options of a command line.
 */
#include "opt.h"

#include <stddef.h>
#include <string.h>

void opt_init(struct opt *o, char **argv)
{
	o->argv = argv[0] ? argv + 1 : argv;
	o->arg = NULL;
	o->rest = "";
}

/* Enters the next word of options. Returns 0 when there is none. */
static int opt_enter(struct opt *o)
{
	const char *word = *o->argv;

	if (!word || word[0] != '-' || word[1] == '\0')
		return 0;
	o->argv++;
	o->rest = word + 1;
	return strcmp(word, "--") != 0;
}

static int opt_argument(struct opt *o)
{
	if (*o->rest) {
		o->arg = o->rest;
		o->rest = "";
		return 1;
	}
	o->arg = *o->argv;
	if (o->arg)
		o->argv++;
	return o->arg != NULL;
}

int opt_next(struct opt *o, const char *letters)
{
	const char *found;
	char c;

	if (*o->rest == '\0' && !opt_enter(o))
		return 0;
	c = *o->rest++;
	found = c == ':' ? NULL : strchr(letters, c);
	if (!found || (found[1] == ':' && !opt_argument(o)))
		return '?';
	return c;
}

int opt_count(char **argv)
{
	int n = 0;

	while (argv[n])
		n++;
	return n;
}
