/*
 * Regular expressions: compiled into instructions, which are run for all their states at once.
 *
 *   expression = branch { | branch }      branch = { piece }      piece = atom { * + ? }
 *
 * A jump counts from its own instruction, so code can be moved when something has to be put before it.
 */
#include "rx.h"

#include <stdlib.h>
#include <string.h>

enum op { OP_CHAR, OP_ANY, OP_CLASS, OP_START, OP_END, OP_SPLIT, OP_JUMP, OP_MATCH };

struct inst {
	unsigned char op;
	unsigned char c; /* OP_CHAR */
	short arg;       /* OP_SPLIT, OP_JUMP: distance; OP_CLASS: place of its [ in the pattern */
};

struct rx {
	const char *pattern;
	int flags;
	unsigned count;
	unsigned char *now, *next; /* count marks each: the states that are active */
	struct inst code[];
};

static struct {
	struct rx *rx;
	const char *p;
	const char *error;
} parse;

static void parse_expression(void);

static void emit(enum op op, unsigned char c, int arg)
{
	parse.rx->code[parse.rx->count++] = (struct inst){(unsigned char)op, c, (short)arg};
}

/* Puts an instruction before the code that begins at `at`. */
static void emit_before(unsigned at, enum op op, int arg)
{
	struct inst *code = parse.rx->code;

	memmove(code + at + 1, code + at, (parse.rx->count - at) * sizeof(*code));
	code[at] = (struct inst){(unsigned char)op, 0, (short)arg};
	parse.rx->count++;
}

static int extended(void)
{
	return parse.rx->flags & RX_EXTENDED;
}

/* Is the operator `c` at p? In a basic expression ( ) | + ? are written with a backslash. */
static int at_operator(const char *p, char c)
{
	if (parse.rx->flags & RX_FIXED)
		return 0;
	if (c == '*' || extended())
		return *p == c;
	return p[0] == '\\' && p[1] == c;
}

static void take_operator(char c)
{
	parse.p += c == '*' || extended() ? 1 : 2;
}

static const char *class_end(const char *p)
{
	p++;
	p += *p == '^';
	p += *p == ']';
	for (; *p && *p != ']'; p++) {
		if (p[0] == '[' && p[1] == ':') {
			p = strstr(p, ":]");
			if (!p)
				return NULL;
			p++;
		}
	}
	return *p ? p + 1 : NULL;
}

static void parse_class(void)
{
	const char *end = class_end(parse.p);

	emit(OP_CLASS, 0, (int)(parse.p - parse.rx->pattern));
	if (!end)
		parse.error = "no ] after [";
	parse.p = end ? end : parse.p + strlen(parse.p);
}

static void parse_group(void)
{
	take_operator('(');
	parse_expression();
	if (at_operator(parse.p, ')'))
		take_operator(')');
	else
		parse.error = "no ) after (";
}

static int is_end_anchor(const char *p)
{
	return *p == '$' && (extended() || !p[1] || (p[1] == '\\' && (p[2] == ')' || p[2] == '|')));
}

static void parse_atom(int first)
{
	char c = *parse.p;

	if (parse.rx->flags & RX_FIXED) {
		emit(OP_CHAR, (unsigned char)*parse.p++, 0);
	} else if (at_operator(parse.p, '(')) {
		parse_group();
	} else if (c == '[') {
		parse_class();
	} else if (c == '.' || (c == '^' && (first || extended())) || is_end_anchor(parse.p)) {
		emit(c == '.' ? OP_ANY : c == '^' ? OP_START : OP_END, 0, 0);
		parse.p++;
	} else {
		parse.p += c == '\\' && parse.p[1];
		emit(OP_CHAR, (unsigned char)*parse.p++, 0);
	}
}

static char repeat_operator(void)
{
	for (const char *c = "*+?"; *c; c++)
		if (at_operator(parse.p, *c))
			return *c;
	return '\0';
}

/* Wraps the code from `start` on into the loops or options that follow it. */
static void parse_repeats(unsigned start)
{
	char c;

	while ((c = repeat_operator())) {
		int len = (int)(parse.rx->count - start);

		take_operator(c);
		if (c == '+') {
			emit(OP_SPLIT, 0, -len);
			continue;
		}
		emit_before(start, OP_SPLIT, c == '*' ? len + 2 : len + 1);
		if (c == '*')
			emit(OP_JUMP, 0, -(len + 1));
	}
}

static int at_branch_end(void)
{
	return !*parse.p || at_operator(parse.p, '|') || at_operator(parse.p, ')');
}

static void parse_branch(void)
{
	int first = 1;

	while (!at_branch_end()) {
		unsigned start = parse.rx->count;

		if (first && *parse.p == '*' && !extended() && !(parse.rx->flags & RX_FIXED))
			emit(OP_CHAR, (unsigned char)*parse.p++, 0);
		else
			parse_atom(first);
		first = first && parse.rx->code[start].op == OP_START;
		if (extended() || !first) /* behind ^ a * is an ordinary character */
			parse_repeats(start);
	}
}

/* One branch after the other; each before the last is entered by a split and left by a jump to the end. */
static void parse_expression(void)
{
	unsigned start = parse.rx->count;

	parse_branch();
	while (at_operator(parse.p, '|')) {
		unsigned len = parse.rx->count - start, branch;

		take_operator('|');
		emit_before(start, OP_SPLIT, (int)len + 2);
		branch = parse.rx->count;
		emit(OP_JUMP, 0, 0);
		parse_branch();
		parse.rx->code[branch].arg = (short)(parse.rx->count - branch);
	}
}

struct rx *rx_compile(const char *pattern, int flags, const char **error)
{
	/* Every character makes at most one instruction of its own and one or two for an operator. */
	size_t room = 2 * strlen(pattern) + 4;
	struct rx *rx = calloc(1, sizeof(*rx) + room * sizeof(struct inst) + 2 * room);

	*error = "out of memory";
	if (!rx)
		return NULL;
	rx->pattern = pattern;
	rx->flags = flags;
	rx->count = 0;
	parse.rx = rx;
	parse.p = pattern;
	parse.error = room > 16000 ? "too long" : NULL;
	if (!parse.error)
		parse_expression();
	if (!parse.error && *parse.p)
		parse.error = "unexpected )";
	*error = parse.error;
	if (parse.error) {
		free(rx);
		return NULL;
	}
	emit(OP_MATCH, 0, 0);
	rx->now = (unsigned char *)(rx->code + rx->count);
	rx->next = rx->now + rx->count;
	return rx;
}

static unsigned char fold(const struct rx *rx, unsigned char c)
{
	return (rx->flags & RX_ICASE) && c >= 'A' && c <= 'Z' ? c | 32 : c;
}

static int in_named_class(const char *name, unsigned char c, int fold_case)
{
	int lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';

	if (fold_case)
		lower = upper = lower || upper;

	switch (name[0] == 'a' ? name[2] : name[0]) {
	case 'p': /* alpha; also print, punct */
		if (name[0] == 'a')
			return lower || upper;
		return name[1] == 'r' ? c >= ' ' && c < 127 : c > ' ' && c < 127 && !lower && !upper && !digit;
	case 'n':
		return lower || upper || digit;
	case 'd':
		return digit;
	case 'l':
		return lower;
	case 'u':
		return upper;
	case 's':
		return c == ' ' || (c >= '\t' && c <= '\r');
	case 'b':
		return c == ' ' || c == '\t';
	case 'x':
		return digit || ((c | 32) >= 'a' && (c | 32) <= 'f');
	default:
		return 0;
	}
}

/* Is `c` in the class at p, which is well-formed? */
static int in_class(const struct rx *rx, const char *p, unsigned char c)
{
	int negated = p[1] == '^', found = 0;
	const char *start;

	p += 1 + negated;
	for (start = p; *p != ']' || p == start; p++) {
		unsigned char low = (unsigned char)*p, high = low;

		if (p[0] == '[' && p[1] == ':') {
			found |= in_named_class(p + 2, c, rx->flags & RX_ICASE);
			p = strstr(p, ":]") + 1;
			continue;
		}
		if (p[1] == '-' && p[2] != ']') {
			high = (unsigned char)p[2];
			p += 2;
		}
		found |= low <= c && c <= high;
		if (rx->flags & RX_ICASE) {
			unsigned char other = c ^ 32;

			if ((c | 32) >= 'a' && (c | 32) <= 'z')
				found |= low <= other && other <= high;
		}
	}
	return found != negated;
}

static int accepts(const struct rx *rx, const struct inst *i, unsigned char c)
{
	switch (i->op) {
	case OP_CHAR:
		return fold(rx, i->c) == fold(rx, c);
	case OP_ANY:
		return 1;
	case OP_CLASS:
		return in_class(rx, rx->pattern + i->arg, c);
	default:
		return 0;
	}
}

/* Marks what can be reached without a character; again and again, because jumps go both ways. Returns true on a match. */
static int close_states(const struct rx *rx, unsigned char *states, int at_start, int at_end)
{
	int changed = 1;

	while (changed) {
		changed = 0;
		for (unsigned n = 0; n < rx->count; n++) {
			const struct inst *i = &rx->code[n];
			int pass = i->op == OP_SPLIT || (i->op == OP_START && at_start) || (i->op == OP_END && at_end);

			if (!states[n])
				continue;
			if (i->op == OP_MATCH)
				return 1;
			if (pass && !states[n + 1])
				changed = states[n + 1] = 1;
			if ((i->op == OP_SPLIT || i->op == OP_JUMP) && !states[(int)n + i->arg])
				changed = states[(int)n + i->arg] = 1;
		}
	}
	return 0;
}

int rx_match(const struct rx *rx, const char *s)
{
	unsigned char *now = rx->now, *next = rx->next;

	memset(now, 0, rx->count);
	for (const char *p = s;; p++) {
		unsigned char *swap = now;

		now[0] = 1; /* a match may begin anywhere */
		if (close_states(rx, now, p == s, !*p))
			return 1;
		if (!*p)
			return 0;
		memset(next, 0, rx->count);
		for (unsigned n = 0; n < rx->count; n++)
			if (now[n] && accepts(rx, &rx->code[n], (unsigned char)*p))
				next[n + 1] = 1;
		now = next;
		next = swap;
	}
}
