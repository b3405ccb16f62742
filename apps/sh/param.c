/*
 * What $ introduces: parameters and their modifiers, arithmetic, commands.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "opt.h"
#include "sh.h"

/* The word under construction, set aside. */
struct suspended {
	char *text;
	size_t len;
	struct mem_mark mark;
};

static struct suspended word_suspend(void)
{
	struct suspended s;

	s.len = str_len();
	s.text = str_end();
	s.mark = mem_mark();
	return s;
}

static void word_resume(const struct suspended *s)
{
	mem_release(s->mark);
	str_reopen(s->text, s->len);
}

char *number_text(long n)
{
	static char buf[22];
	char *p = buf + sizeof(buf) - 1;
	unsigned long rest = n < 0 ? 0 - (unsigned long)n : (unsigned long)n;

	do
		*--p = (char)('0' + rest % 10);
	while (rest /= 10);
	if (n < 0)
		*--p = '-';
	return p;
}

static const char *positional(const char *name, size_t len)
{
	int n = 0;

	for (; len > 0; len--)
		n = n * 10 + (*name++ - '0');
	if (n == 0)
		return sh.arg0;
	return n <= opt_count(sh.args) ? sh.args[n - 1] : NULL;
}

const char *param_value(const char *name, size_t len)
{
	switch (*name) {
	case '?':
		return number_text(sh.status);
	case '$':
		return number_text(sh.pid);
	case '!':
		return sh.last_job ? number_text(sh.last_job) : NULL;
	case '#':
		return number_text(opt_count(sh.args));
	default:
		break;
	}
	return *name >= '0' && *name <= '9' ? positional(name, len) : var_get(name, len);
}

/* $@ and $*. */
static void emit_args(char which, int quoted)
{
	if (!*sh.args && which == '@')
		expand_no_args();
	for (char **arg = sh.args; *arg; arg++) {
		if (arg != sh.args) {
			if (which == '*' && quoted)
				expand_join();
			else
				expand_field_break();
		}
		if (quoted)
			expand_open_field();
		expand_emit_string(*arg, quoted);
	}
}

/* ${v#pattern} and its kin. [p, end) is the operator and the pattern. */
static void strip(const char *value, const char *p, const char *end, int quoted)
{
	struct suspended s = word_suspend();
	const char *value_end = value + strlen(value), *cut = NULL, *pattern;
	int front = *p == '#', longest = p[0] == p[1];

	pattern = expand_string(p + 1 + longest, end, EXPAND_PATTERN);
	for (const char *at = value; at <= value_end; at++) {
		int match = front ? pattern_match(pattern, value, at) : pattern_match(pattern, at, value_end);

		if (match && (!cut || front == longest))
			cut = at;
	}
	word_resume(&s);
	if (cut && front)
		value = cut;
	if (cut && !front)
		value_end = cut;
	while (value < value_end)
		expand_emit(*value++, quoted, 1);
}

static void assign_default(const char *name, size_t len, const char *p, const char *end)
{
	struct suspended s = word_suspend();

	if (!is_name_start(*name))
		fatal(mem_string(name, len), "cannot assign");
	var_set(name, len, expand_string(p, end, EXPAND_ONE));
	word_resume(&s);
}

static void complain_unset(const char *name, size_t len, const char *p, const char *end)
{
	char *why;

	str_end();
	why = expand_string(p, end, EXPAND_ONE);
	fatal(mem_string(name, len), *why ? why : "parameter not set");
}

/* ${name OP word}: [p, end) is the operator and the word. */
static void emit_modified(const char *name, size_t len, const char *p, const char *end, int quoted)
{
	const char *value = *name == '@' || *name == '*' ? sh.args[0] : param_value(name, len);
	int colon = *p == ':';
	int set = value && (!colon || *value);
	char op = *(p += colon);

	if (op == '#' || op == '%') {
		if (value && p < end)
			strip(value, p, end, quoted);
		return;
	}
	if (p >= end || !strchr("-+=?", op))
		fatal(mem_string(name, len), "bad substitution");
	p++;
	if (op == '+') {
		if (set)
			expand_part(p, end, quoted);
		return;
	}
	if (!set && op == '-') {
		expand_part(p, end, quoted);
		return;
	}
	if (!set && op == '?')
		complain_unset(name, len, p, end);
	if (!set)
		assign_default(name, len, p, end);
	value = param_value(name, len);
	expand_emit_string(value ? value : "", quoted);
}

static void emit_param(const char *name, size_t len, int quoted)
{
	const char *value;

	if (*name == '@' || *name == '*') {
		emit_args(*name, quoted);
		return;
	}
	value = param_value(name, len);
	if (value)
		expand_emit_string(value, quoted);
}

/* ${...}: p is behind the brace, end is at the closing one. */
static void expand_braces(const char *p, const char *end, int quoted)
{
	const char *name_stop;

	if (*p == '#' && p + 1 < end) {
		const char *value = param_value(p + 1, (size_t)(end - p - 1));

		if (param_end(p + 1, 1) != end)
			fatal("${#}", "bad substitution");
		expand_emit_string(number_text(value ? (long)strlen(value) : 0), quoted);
		return;
	}
	name_stop = param_end(p, 1);
	if (name_stop == p)
		fatal("${}", "bad substitution");
	if (name_stop == end)
		emit_param(p, (size_t)(end - p), quoted);
	else
		emit_modified(p, (size_t)(name_stop - p), name_stop, end, quoted);
}

static void expand_arithmetic(const char *p, const char *end, int quoted)
{
	struct suspended s = word_suspend();
	long n = arith(expand_string(p, end, EXPAND_ONE));

	word_resume(&s);
	expand_emit_string(number_text(n), quoted);
}

const char *expand_dollar(const char *p, int quoted)
{
	const char *end = dollar_end(p);

	p++;
	if (end == p)
		expand_emit('$', quoted, 0);
	else if (p[0] == '(' && p[1] == '(')
		expand_arithmetic(p + 2, end - 2, quoted);
	else if (*p == '(')
		expand_command(p + 1, end - 1, quoted, 0);
	else if (*p == '{')
		expand_braces(p + 1, end - 1, quoted);
	else
		emit_param(p, (size_t)(end - p), quoted);
	return end;
}

/* The text of a command as a string; within `...` a backslash quotes $ ` and itself. */
static char *command_text(const char *p, const char *end, int quoted, int backquoted)
{
	str_begin();
	for (; p < end; p++) {
		if (backquoted && *p == '\\' && strchr(quoted ? "$`\\\"" : "$`\\", p[1]))
			p++;
		str_put(*p);
	}
	return str_end();
}

/* Puts what comes from `fd` into the word, without the newlines at its end. */
static void emit_output(int fd, int quoted)
{
	unsigned newlines = 0;
	char buf[64];
	ssize_t n;

	while ((n = read_again(fd, buf, sizeof(buf))) > 0) {
		for (ssize_t i = 0; i < n; i++) {
			if (buf[i] == '\n') {
				newlines++;
				continue;
			}
			for (; newlines > 0; newlines--)
				expand_emit('\n', quoted, 1);
			if (buf[i])
				expand_emit(buf[i], quoted, 1);
		}
	}
}

void expand_command(const char *p, const char *end, int quoted, int backquoted)
{
	struct suspended s = word_suspend();
	struct stage stage = {-1, -1, 0, NULL};
	int fds[2];

	make_pipe(fds);
	stage.out = fds[1];
	stage.job = job_new(p, p, 1, 0);
	spawn_shell(command_text(p, end, quoted, backquoted), NULL, &stage);
	close(fds[1]);
	word_resume(&s);
	emit_output(fds[0], quoted);
	close(fds[0]);
	sh.status = job_foreground(stage.job);
	sh.substituted = 1;
}
