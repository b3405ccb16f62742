/*
 * From words to arguments: quotes, expansions, field splitting, patterns of file names.
 *
 * One word at a time is under construction, as the open string of mem.c. Where a quoted character could be taken for a
 * pattern's it is put with a backslash before it, which comes off at the end of the field. An expansion within an expansion
 * suspends the word: what was built so far is finished as a string, and reopened when everything above it is released.
 */
#include <string.h>

#include "sh.h"

static struct {
	struct words *to;
	int mode;      /* enum expand */
	int exists;    /* the field exists, even if it is empty */
	int no_args;   /* "$@" came and there were no arguments */
	int after_ifs; /* a blank of IFS ended the last field */
} ex;

void words_init(struct words *w)
{
	w->first = NULL;
	w->end = NULL;
	w->count = 0;
}

/* `end` is NULL in an empty list, so that a list can be copied. */
void words_add(struct words *w, char *text)
{
	struct word *word = mem_alloc(sizeof(*word));

	word->text = text;
	if (w->end)
		*w->end = word;
	else
		w->first = word;
	w->end = &word->next;
	w->count++;
}

char **words_vector(struct words *w, unsigned room)
{
	char **vector = (char **)mem_alloc((w->count + room + 1) * sizeof(*vector)) + room;
	char **v = vector;

	for (struct word *word = w->first; word; word = word->next)
		*v++ = word->text;
	return vector;
}

static void field_end(void)
{
	char *text;

	if (!ex.exists && str_len() == 0)
		return;
	text = str_end();
	ex.exists = 0;
	if (!pattern_active(text) || !glob_add(text, ex.to)) {
		pattern_unquote(text);
		words_add(ex.to, text);
	}
	str_begin();
}

/* A character of IFS from an expansion: blanks only separate, others end a field each. */
static void emit_separator(char c)
{
	if (c == ' ' || c == '\t' || c == '\n') {
		ex.after_ifs |= ex.exists || str_len() > 0;
		field_end();
		return;
	}
	if (!ex.after_ifs)
		ex.exists = 1;
	field_end();
	ex.after_ifs = 0;
}

void expand_emit(char c, int quoted, int expanded)
{
	if (ex.mode == EXPAND_ARGS && expanded && !quoted && strchr(var_ifs(), c)) {
		emit_separator(c);
		return;
	}
	ex.after_ifs = 0;
	if (ex.mode <= EXPAND_PATTERN && ex.mode != EXPAND_ONE)
		if (c == '\\' || (quoted && strchr("*?[]-!", c)))
			str_put('\\');
	str_put(c);
}

void expand_emit_string(const char *s, int quoted)
{
	while (*s)
		expand_emit(*s++, quoted, 1);
}

void expand_join(void)
{
	const char *separator = var_ifs();

	if (*separator)
		expand_emit(*separator, 1, 0);
}

void expand_field_break(void)
{
	if (ex.mode == EXPAND_ARGS)
		field_end();
	else
		expand_join();
}

void expand_open_field(void)
{
	ex.exists = 1;
}

void expand_no_args(void)
{
	ex.no_args = 1;
}

/* ~ and ~/ at the start of a word. */
static const char *expand_tilde(const char *p, const char *end)
{
	if (p + 1 == end || p[1] == '/') {
		const char *home = var_get("HOME", 4);

		if (home) {
			expand_emit_string(home, 1);
			return p + 1;
		}
	}
	expand_emit('~', 0, 0);
	return p + 1;
}

static const char *expand_backslash(const char *p, int quoted)
{
	if (p[1] == '\n')
		return p + 2;
	if (quoted && !strchr(ex.mode == EXPAND_HERE ? "$`\\" : "$`\"\\", p[1])) {
		expand_emit('\\', 1, 0);
		return p + 1;
	}
	ex.exists = 1;
	expand_emit(p[1], 1, 0);
	return p + 2;
}

static const char *expand_single_quotes(const char *p)
{
	ex.exists = 1;
	for (p++; *p != '\''; p++)
		expand_emit(*p, 1, 0);
	return p + 1;
}

static const char *expand_double_quotes(const char *p)
{
	const char *end = double_quote_end(p);

	ex.no_args = 0;
	expand_part(p + 1, end - 1, 1);
	if (!ex.no_args)
		ex.exists = 1;
	return end;
}

static const char *expand_element(const char *p, int quoted)
{
	const char *end;

	switch (*p) {
	case '\\':
		return expand_backslash(p, quoted);
	case '$':
		return expand_dollar(p, quoted);
	case '`':
		end = backquote_end(p);
		expand_command(p + 1, end - 1, quoted, 1);
		return end;
	case '\'':
		if (!quoted)
			return expand_single_quotes(p);
		break;
	case '"':
		if (!quoted)
			return expand_double_quotes(p);
		if (ex.mode != EXPAND_HERE)
			return p + 1;
		break;
	}
	expand_emit(*p, quoted, 0);
	return p + 1;
}

void expand_part(const char *p, const char *end, int quoted)
{
	stack_check();
	if (*p == '~' && p < end && !quoted)
		p = expand_tilde(p, end);
	while (p < end)
		p = expand_element(p, quoted);
}

void expand_word(const char *p, const char *end, struct words *to)
{
	ex.to = to;
	ex.mode = EXPAND_ARGS;
	ex.exists = 0;
	ex.after_ifs = 0;
	str_begin();
	expand_part(p, end, 0);
	field_end();
}

char *expand_string(const char *p, const char *end, enum expand mode)
{
	int saved_mode = ex.mode, saved_exists = ex.exists;
	char *s;

	ex.mode = mode;
	str_begin();
	expand_part(p, end, mode == EXPAND_HERE);
	s = str_end();
	ex.mode = saved_mode;
	ex.exists = saved_exists;
	return s;
}
