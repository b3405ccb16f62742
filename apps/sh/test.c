/*
 * test and [ : by the number of arguments for up to four, as POSIX has it; more with -a and -o by precedence.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "msg.h"
#include "sh.h"

static struct {
	char **p, **end;
	int bad;
} t;

static int test_or(void);

static int bad(const char *what, const char *why)
{
	if (!t.bad)
		msg_text(what, why);
	t.bad = 1;
	return 0;
}

static int test_mode(const char *path, char op)
{
	static const char letters[] = "fdcbphL";
	static const unsigned char types[] = {8, 4, 2, 6, 1, 10, 10}; /* of st_mode, above the other bits */
	struct stat st;

	if ((op == 'h' || op == 'L' ? lstat(path, &st) : stat(path, &st)) < 0)
		return 0;
	if (op == 'e')
		return 1;
	if (op == 's')
		return st.st_size > 0;
	return (st.st_mode & S_IFMT) == (mode_t)types[strchr(letters, op) - letters] << 12;
}

static long test_number(const char *s)
{
	long n = 0;

	if (parse_number(s, &n) < 0)
		bad(s, "not a number");
	return n;
}

static int test_unary(char op, const char *arg)
{
	switch (op) {
	case 'n':
		return *arg != '\0';
	case 'z':
		return *arg == '\0';
	case 'r':
	case 'w':
	case 'x':
		return access(arg, op == 'r' ? R_OK : op == 'w' ? W_OK : X_OK) == 0;
	case 't':
		return isatty((int)test_number(arg));
	default:
		return test_mode(arg, op);
	}
}

static int is_unary(const char *s)
{
	return s[0] == '-' && s[1] && !s[2] && strchr("nzrwxtfdcbpsehL", s[1]);
}

/* Number of a binary operator, 0: none. */
static unsigned binary_op(const char *s)
{
	return find_word("= == != -eq -ne -lt -le -gt -ge ", s, strlen(s));
}

static int test_binary(const char *a, unsigned op, const char *b)
{
	/* Of -eq -ne -lt -le -gt -ge: bit 0 for less, bit 1 for equal, bit 2 for greater. */
	static const unsigned char accepted[] = {2, 5, 1, 3, 4, 6};
	long x, y;

	if (op <= 3)
		return (strcmp(a, b) == 0) == (op < 3);
	x = test_number(a);
	y = test_number(b);
	return accepted[op - 4] >> ((x > y) - (x < y) + 1) & 1;
}

/* Passes the word if it comes next. */
static int take(const char *word)
{
	if (t.p >= t.end || strcmp(*t.p, word) != 0)
		return 0;
	t.p++;
	return 1;
}

static int test_primary(void)
{
	long left = t.end - t.p;
	int r;

	if (left <= 0)
		return bad("test", "argument expected");
	if (left >= 3 && binary_op(t.p[1])) {
		r = test_binary(t.p[0], binary_op(t.p[1]), t.p[2]);
		t.p += 3;
		return r;
	}
	if (left >= 2 && take("!"))
		return !test_primary();
	if (left >= 3 && take("(")) {
		stack_check();
		r = test_or();
		return take(")") ? r : bad("test", "no )");
	}
	if (left >= 2 && is_unary(*t.p)) {
		r = test_unary((*t.p)[1], t.p[1]);
		t.p += 2;
		return r;
	}
	return **t.p++ != '\0';
}

static int test_and(void)
{
	int r = test_primary();

	while (take("-a"))
		r &= test_primary();
	return r;
}

static int test_or(void)
{
	int r = test_and();

	while (take("-o"))
		r |= test_and();
	return r;
}

int test_main(char **args, int count)
{
	int r;

	if (count == 0)
		return 1;
	t.p = args;
	t.end = args + count;
	t.bad = 0;
	r = test_or();
	if (!t.bad && t.p < t.end)
		bad(*t.p, "unexpected argument");
	return t.bad ? 2 : !r;
}
