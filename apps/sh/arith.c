/*
 * $((...)): integers of a long, the operators of C by precedence climbing; variables by name, assignment with = and op=.
 */
#include <limits.h>
#include <string.h>

#include "sh.h"

static struct {
	const char *p;
	int skip; /* > 0: in the branch of && || ?: that is not taken */
} ar;

static long arith_assignment(void);

static void arith_fail(void)
{
	fatal("arithmetic", *ar.p ? ar.p : "operand expected");
}

static void skip_space(void)
{
	while (*ar.p == ' ' || *ar.p == '\t' || *ar.p == '\n')
		ar.p++;
}

/* A number: decimal, octal with 0, hexadecimal with 0x. */
static long arith_number(const char **s)
{
	unsigned long n = 0;
	unsigned base = 10;

	if (**s == '0') {
		(*s)++;
		base = 8;
		if ((**s | 32) == 'x') {
			(*s)++;
			base = 16;
		}
	}
	for (;; (*s)++) {
		unsigned c = (unsigned char)**s;
		unsigned digit = c >= '0' && c <= '9'                   ? c - '0'
				 : ((c | 32) >= 'a' && (c | 32) <= 'f') ? (c | 32) - 'a' + 10
									: 99;

		if (digit >= base)
			return (long)n;
		n = n * base + digit;
	}
}

static long variable_number(const char *name, size_t len)
{
	const char *value = var_get(name, len);
	int negative;
	long n;

	if (!value || !*value)
		return 0;
	negative = *value == '-';
	value += negative;
	n = arith_number(&value);
	if (*value)
		fatal(value, "not a number");
	return negative ? (long)(0 - (unsigned long)n) : n;
}

/* The binary operators, each followed by its precedence. A longer one stands before its beginning. */
static const char operators[] = "||1&&2==6!=6<=7>=7<<8>>8|3^4&5<7>7+9-9*:/:%:";

/* The place of the operator at p in `operators`, and its length; NULL: there is none. */
static const char *operator_at(const char *p, unsigned *len)
{
	for (const char *t = operators; *t; t += *len + 1) {
		*len = t < operators + 24 ? 2 : 1;
		if (strncmp(p, t, *len) == 0)
			return t;
	}
	return NULL;
}

static long divide(long a, long b, char op)
{
	if (ar.skip)
		return 0;
	if (b == 0)
		fatal("arithmetic", "division by zero");
	if (b == -1)
		return op == '/' ? (long)(0 - (unsigned long)a) : 0;
	return op == '/' ? a / b : a % b;
}

static long apply(const char *op, long a, long b)
{
	unsigned long ua = (unsigned long)a, ub = (unsigned long)b;
	unsigned shift = (unsigned)ub & (sizeof(long) * 8 - 1);

	switch (op - operators) {
	case 0:
		return a || b;
	case 3:
		return a && b;
	case 6:
		return a == b;
	case 9:
		return a != b;
	case 12:
		return a <= b;
	case 15:
		return a >= b;
	case 18:
		return (long)(ua << shift);
	case 21:
		return a >> shift;
	case 24:
		return a | b;
	case 26:
		return a ^ b;
	case 28:
		return a & b;
	case 30:
		return a < b;
	case 32:
		return a > b;
	case 34:
		return (long)(ua + ub);
	case 36:
		return (long)(ua - ub);
	case 38:
		return (long)(ua * ub);
	default:
		return divide(a, b, *op);
	}
}

static long arith_group(void)
{
	long n;

	ar.p++;
	n = arith_assignment();
	skip_space();
	if (*ar.p != ')')
		arith_fail();
	ar.p++;
	return n;
}

/* A variable, or an assignment to it by = or an operator and =. */
static long arith_name(void)
{
	const char *name = ar.p, *op;
	size_t len = (size_t)(name_end(name) - name);
	unsigned op_len;
	long n;

	ar.p += len;
	skip_space();
	op = operator_at(ar.p, &op_len);
	if (!op)
		op_len = 0;
	if (ar.p[op_len] != '=' || ar.p[op_len + 1] == '=' || strchr("<>", *ar.p))
		return variable_number(name, len);
	ar.p += op_len + 1;
	n = arith_assignment();
	if (op)
		n = apply(op, variable_number(name, len), n);
	if (!ar.skip)
		var_set(name, len, number_text(n));
	return n;
}

static long arith_unary(void)
{
	char c;

	skip_space();
	c = *ar.p;
	if (c == '(')
		return arith_group();
	if (is_name_start(c))
		return arith_name();
	if (c >= '0' && c <= '9')
		return arith_number(&ar.p);
	if (!c || !strchr("-+!~", c))
		arith_fail();
	ar.p++;
	if (c == '-')
		return (long)(0 - (unsigned long)arith_unary());
	if (c == '!')
		return !arith_unary();
	return c == '~' ? ~arith_unary() : arith_unary();
}

static long arith_binary(int minimum)
{
	long a = arith_unary();

	for (;;) {
		const char *op;
		unsigned len;
		int skip;
		long b;

		skip_space();
		op = operator_at(ar.p, &len);
		if (!op || op[len] < minimum)
			return a;
		ar.p += len;
		skip = (op[len] == '2' && !a) || (op[len] == '1' && a);
		ar.skip += skip;
		b = arith_binary(op[len] + 1);
		ar.skip -= skip;
		a = apply(op, a, b);
	}
}

/* A branch of ?: that counts only if `taken`. */
static long arith_branch(int taken)
{
	long n;

	ar.skip += !taken;
	n = arith_assignment();
	ar.skip -= !taken;
	return n;
}

static long arith_assignment(void)
{
	long n, yes, no;

	stack_check();
	n = arith_binary('1');
	skip_space();
	if (*ar.p == '?') {
		ar.p++;
		yes = arith_branch(n != 0);
		skip_space();
		if (*ar.p++ != ':')
			fatal("arithmetic", "no : after ?");
		no = arith_branch(n == 0);
		n = n ? yes : no;
	}
	return n;
}

long arith(const char *expression)
{
	long n;

	ar.p = expression;
	ar.skip = 0;
	skip_space();
	if (!*ar.p)
		return 0;
	n = arith_assignment();
	skip_space();
	if (*ar.p)
		arith_fail();
	return n;
}
