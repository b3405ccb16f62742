/*
 * read: one line of standard input into variables. It reads byte by byte, so that what follows stays for others.
 */
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "sh.h"

/* The next byte; -1 at the end, or if a signal with a trap came. */
static int read_byte(void)
{
	unsigned char c;

	return read(0, &c, 1) == 1 ? c : -1;
}

/*
 * The line, as the open string made ready; a character after a backslash is marked by one before it, so that it does not
 * split. Returns NULL at the end of input with nothing read.
 */
static char *read_line(int raw, int *at_end)
{
	int c;

	str_begin();
	while ((c = read_byte()) >= 0 && c != '\n') {
		if (c == '\\') {
			if (!raw && (c = read_byte()) == '\n')
				continue;
			if (c < 0)
				break;
			str_put('\\');
		}
		if (c)
			str_put((char)c);
	}
	*at_end = c < 0;
	return str_end();
}

static int is_blank(char c, const char *ifs)
{
	return c && (c == ' ' || c == '\t') && strchr(ifs, c);
}

static char *skip_ifs_blanks(char *p, const char *ifs)
{
	while (is_blank(*p, ifs))
		p++;
	return p;
}

/* Ends the field at p and returns where the next one starts. */
static char *split(char *p, const char *ifs)
{
	for (; *p && !strchr(ifs, *p); p++)
		if (*p == '\\' && p[1])
			p++;
	if (*p) {
		char *next = skip_ifs_blanks(p, ifs);

		/* At most one separator that is no blank is passed. */
		if (*next && strchr(ifs, *next))
			next++;
		*p = '\0';
		p = skip_ifs_blanks(next, ifs);
	}
	return p;
}

/* The last variable takes the rest of the line, without the blanks at its end. */
static void trim(char *p, const char *ifs)
{
	char *end = p;

	for (; *p; p++) {
		if (*p == '\\' && p[1])
			end = ++p + 1;
		else if (!is_blank(*p, ifs))
			end = p + 1;
	}
	*end = '\0';
}

static void assign(const char *name, char *value)
{
	pattern_unquote(value);
	var_set(name, strlen(name), value);
}

int read_main(char **args)
{
	const char *ifs = var_ifs();
	int raw = args[1] && strcmp(args[1], "-r") == 0;
	int at_end;
	char *p;

	args += 1 + raw;
	for (char **arg = args; *arg; arg++)
		if (!**arg || *name_end(*arg))
			return msg_text(*arg, "bad variable name") + 1;
	if (!*args)
		return msg_text("read", "no variable given") + 1;
	p = skip_ifs_blanks(read_line(raw, &at_end), ifs);
	for (; args[1]; args++) {
		char *next = split(p, ifs);

		assign(*args, p);
		p = next;
	}
	trim(p, ifs);
	assign(*args, p);
	return sh.signals ? sh.signal_status : at_end;
}
