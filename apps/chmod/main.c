/*
 * chmod: changes the mode of files, octal or as [ugoa][+-=][rwx],...
 */
#include <string.h>
#include <sys/stat.h>

#include "msg.h"
#include "opt.h"

const char app_name[] = "chmod";
const char app_usage[] = "OCTAL-MODE|[ugoa][+-=][rwx][,...] FILE...";

/* Adds the letter's bits of `table` (letter, octal digit) to *bits; returns 0 if it is not in there. */
static int add_bits(const char *table, char letter, unsigned *bits)
{
	const char *found = letter ? strchr(table, letter) : NULL;

	if (!found)
		return 0;
	*bits |= (unsigned)(found[1] - '0');
	return 1;
}

/* Applies one clause such as u+x at *p, which moves behind it. Returns -1 if it is none. */
static int apply_clause(const char **p, mode_t *mode)
{
	unsigned who = 0, bits = 0;
	mode_t mask = 0;
	char op;

	while (add_bits("u4g2o1a7", **p, &who))
		(*p)++;
	op = *(*p)++;
	if (!op || !strchr("+-=", op))
		return -1;
	while (add_bits("r4w2x1", **p, &bits))
		(*p)++;
	if (!who)
		who = 7;
	for (unsigned i = 0; i < 3; i++)
		if (who & (4u >> i))
			mask |= (mode_t)(7u << (6 - 3 * i));
	bits = bits * 0111;
	if (op != '+')
		*mode &= ~(op == '=' ? mask : mask & bits);
	if (op != '-')
		*mode |= mask & bits;
	return 0;
}

/* The mode that `text` makes of `mode`. Returns -1 if it is not a mode. */
static int new_mode(const char *text, mode_t *mode)
{
	if (*text >= '0' && *text <= '7') {
		for (*mode = 0; *text >= '0' && *text <= '7'; text++)
			*mode = *mode * 8 + (mode_t)(*text - '0');
		return *text || *mode > 07777 ? -1 : 0;
	}
	for (;;) {
		if (apply_clause(&text, mode) < 0)
			return -1;
		if (*text == '\0')
			return 0;
		if (*text++ != ',')
			return -1;
	}
}

static int change(const char *path, const char *text)
{
	struct stat st;
	mode_t mode;

	if (stat(path, &st) < 0)
		return msg_error(path);
	mode = st.st_mode & 07777;
	new_mode(text, &mode);
	return chmod(path, mode) < 0 ? msg_error(path) : 0;
}

int main(int argc, char **argv)
{
	mode_t probe = 0;
	int status = 0;

	/* A mode may begin with - so there are no options to read. */
	if (argc < 3 || new_mode(argv[1], &probe) < 0)
		return usage();
	for (char **path = argv + 2; *path; path++)
		status |= change(*path, argv[1]);
	return status;
}
