/*
 * printf: formatted text. %s %b %c %d %i %u %o %x %X %% with flags - and 0, width and (for strings) precision; the format is used again
 * while there are arguments. No floating point.
 */
#include <stdlib.h>
#include <string.h>

#include "msg.h"
#include "out.h"

const char app_name[] = "printf";
const char app_usage[] = "FORMAT [ARGUMENT...]";

static struct {
	char **args;
	unsigned char status, stop; /* stop: \c came */
} run;

/* A conversion between its % and its letter. */
struct spec {
	unsigned long width, precision;
	unsigned char left, zero, limited; /* limited: there is a precision */
};

static const char *next_arg(void)
{
	return *run.args ? *run.args++ : "";
}

/* Prints the escape sequence at p, behind its backslash; returns what follows it. */
static const char *escape(const char *p)
{
	static const char letters[] = "abfnrtv\\\"'", codes[] = "\a\b\f\n\r\t\v\\\"'";
	const char *found = *p ? strchr(letters, *p) : NULL;
	unsigned n = 0;

	if (found) {
		out_char(codes[found - letters]);
		return p + 1;
	}
	if (*p >= '0' && *p <= '7') {
		for (unsigned i = 0; i < 3 && *p >= '0' && *p <= '7'; i++)
			n = n * 8 + (unsigned)(*p++ - '0');
		out_char((char)n);
		return p;
	}
	out_char('\\');
	return p;
}

static void print_escaped(const char *s)
{
	while (*s && !run.stop) {
		if (s[0] == '\\' && s[1] == 'c') {
			run.stop = 1;
		} else if (*s == '\\') {
			s += s[1] == '0' && s[2] >= '0' && s[2] <= '7'; /* \0ddd */
			s = escape(s + 1);
		} else {
			out_char(*s++);
		}
	}
}

static void pad(unsigned long width, size_t len, char c)
{
	for (; width > len; width--)
		out_char(c);
}

static void print_string(const struct spec *spec, const char *s, size_t len)
{
	if (spec->limited && len > spec->precision)
		len = spec->precision;
	if (!spec->left)
		pad(spec->width, len, ' ');
	out_bytes(s, len);
	if (spec->left)
		pad(spec->width, len, ' ');
}

/* The number of an argument; 'c and "c are the code of c. */
static unsigned long number(const char *s, int is_signed)
{
	char *end;
	unsigned long n;

	if (*s == '\'' || *s == '"')
		return (unsigned char)s[1];
	n = is_signed ? (unsigned long)strtol(s, &end, 0) : strtoul(s, &end, 0);
	if (*s && *end)
		run.status = (unsigned char)msg_text(s, "not a number");
	return n;
}

static void print_number(struct spec *spec, unsigned long n, char letter)
{
	unsigned base = letter == 'o' ? 8 : (letter | 32) == 'x' ? 16 : 10;
	int negative = (letter == 'd' || letter == 'i') && (long)n < 0;
	char buf[28], *p = buf + sizeof(buf);
	size_t len;

	if (negative)
		n = 0 - n;
	do
		*--p = (letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef")[n % base];
	while ((n /= base) > 0);
	len = (size_t)(buf + sizeof(buf) - p);
	if (negative && spec->zero && !spec->left)
		out_char('-');
	else if (negative)
		*--p = '-';
	if (spec->zero && !spec->left)
		pad(spec->width, len + (size_t)negative, '0');
	spec->limited = 0;
	if (spec->zero && !spec->left)
		spec->width = 0;
	print_string(spec, p, (size_t)(buf + sizeof(buf) - p));
}

static unsigned long read_count(const char **p)
{
	unsigned long n = 0;

	if (**p == '*') {
		(*p)++;
		return number(next_arg(), 0);
	}
	while (**p >= '0' && **p <= '9')
		n = n * 10 + (unsigned long)(*(*p)++ - '0');
	return n;
}

static const char *read_spec(const char *p, struct spec *spec)
{
	*spec = (struct spec){0};
	for (; *p == '-' || *p == '0'; p++) {
		spec->left |= *p == '-';
		spec->zero |= *p == '0';
	}
	spec->width = read_count(&p);
	if (*p == '.') {
		p++;
		spec->limited = 1;
		spec->precision = read_count(&p);
	}
	return p;
}

/* Prints the conversion at p, behind its %; returns what follows it, NULL after a message. */
static const char *convert(const char *p)
{
	struct spec spec;
	const char *s;

	p = read_spec(p, &spec);
	switch (*p) {
	case '%':
		out_char('%');
		break;
	case 's':
		s = next_arg();
		print_string(&spec, s, strlen(s));
		break;
	case 'b':
		print_escaped(next_arg());
		break;
	case 'c':
		s = next_arg();
		print_string(&spec, s, *s != '\0');
		break;
	case 'd':
	case 'i':
		print_number(&spec, number(next_arg(), 1), *p);
		break;
	case 'u':
	case 'o':
	case 'x':
	case 'X':
		print_number(&spec, number(next_arg(), 0), *p);
		break;
	default:
		msg_text(p, "unknown conversion");
		return NULL;
	}
	return p + 1;
}

/* Prints the format once; returns 0 if it is wrong. */
static int print_format(const char *p)
{
	while (*p && !run.stop) {
		if (*p == '%') {
			p = convert(p + 1);
			if (!p)
				return 0;
		} else if (*p == '\\' && p[1] == 'c') {
			run.stop = 1;
		} else if (*p == '\\') {
			p = escape(p + 1);
		} else {
			out_char(*p++);
		}
	}
	return 1;
}

int main(int argc, char **argv)
{
	char **before;

	argv++;
	if (argc > 1 && strcmp(*argv, "--") == 0)
		argv++;
	else if (argc > 1 && argv[0][0] == '-' && argv[0][1])
		return usage();
	if (!*argv)
		return usage();
	run.args = argv + 1;
	do {
		before = run.args;
		if (!print_format(*argv)) {
			out_flush();
			return 1;
		}
	} while (*run.args && run.args != before && !run.stop);
	return out_end(run.status);
}
