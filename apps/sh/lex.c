/*
 * Where tokens and words end. Nothing here evaluates or allocates; positions are pointers into NUL-terminated text.
 */
#include <string.h>

#include "sh.h"

int is_name_start(char c)
{
	return (unsigned)((c | 32) - 'a') < 26 || c == '_';
}

int is_name_char(char c)
{
	return is_name_start(c) || (c >= '0' && c <= '9');
}

const char *name_end(const char *p)
{
	if (is_name_start(*p))
		while (is_name_char(*p))
			p++;
	return p;
}

const char *skip_blanks(const char *p)
{
	for (;;) {
		if (*p == ' ' || *p == '\t' || *p == '\r')
			p++;
		else if (p[0] == '\\' && p[1] == '\n')
			p += 2;
		else
			break;
	}
	if (*p == '#')
		while (*p && *p != '\n')
			p++;
	return p;
}

const char *skip_newlines(const char *p)
{
	for (p = skip_blanks(p); *p == '\n'; p = skip_blanks(p))
		p++;
	return p;
}

static int is_word_char(char c)
{
	return c && !strchr(" \t\r\n;&|<>()", c);
}

const char *backquote_end(const char *p)
{
	for (p++; *p != '`'; p++) {
		if (*p == '\\')
			p++;
		if (!*p)
			return NULL;
	}
	return p + 1;
}

static const char *single_quote_end(const char *p)
{
	p = strchr(p + 1, '\'');
	return p ? p + 1 : NULL;
}

/* End of the element at p: an escaped character, a quoted string, an expansion, or one character. */
static const char *element_end(const char *p, int in_quotes)
{
	switch (*p) {
	case '\\':
		return p[1] ? p + 2 : NULL;
	case '$':
		return dollar_end(p);
	case '`':
		return backquote_end(p);
	case '\'':
		return in_quotes ? p + 1 : single_quote_end(p);
	case HERE_MARK:
		p = strchr(p + 1, HERE_MARK);
		return p ? p + 1 : NULL;
	default:
		return p + 1;
	}
}

const char *double_quote_end(const char *p)
{
	for (p++; p && *p != '"'; p = element_end(p, 1))
		if (!*p)
			return NULL;
	return p ? p + 1 : NULL;
}

static const char *brace_end(const char *p)
{
	while (p && *p != '}') {
		if (!*p)
			return NULL;
		p = *p == '"' ? double_quote_end(p) : element_end(p, 0);
	}
	return p ? p + 1 : NULL;
}

/* p is behind $(( ; the end is behind the )) that matches. */
static const char *arith_end(const char *p)
{
	for (unsigned depth = 2; depth > 0; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')')
			depth--;
		else if (!*p)
			return NULL;
	}
	return p;
}

const char *param_end(const char *p, int in_braces)
{
	const char *end = name_end(p);

	while (in_braces && *end >= '0' && *end <= '9')
		end++;
	return end == p && *p && strchr("?$!#@*-0123456789", *p) ? p + 1 : end;
}

const char *dollar_end(const char *p)
{
	stack_check();
	p++;
	if (p[0] == '(' && p[1] == '(')
		return arith_end(p + 2);
	if (*p == '(') {
		p++;
		return scan(&p, SCAN_LIST) == SCAN_OK && *p == ')' ? p + 1 : NULL;
	}
	if (*p == '{')
		return brace_end(p + 1);
	return param_end(p, 0);
}

const char *word_end(const char *p)
{
	while (p && is_word_char(*p))
		p = *p == '"' ? double_quote_end(p) : element_end(p, 0);
	return p;
}

unsigned find_word(const char *list, const char *word, size_t len)
{
	for (unsigned n = 1; *list; n++) {
		size_t i = 0;

		while (i < len && list[i] == word[i])
			i++;
		if (i == len && list[i] == ' ')
			return n;
		while (*list++ != ' ')
			;
	}
	return 0;
}

enum reserved reserved_at(const char *p)
{
	/* In the order of the enumeration. */
	static const char words[] = "if then elif else fi while until do done for case esac { } ! in ";
	size_t len = 0;

	while (is_word_char(p[len]) && len < 6)
		len++;
	return len ? (enum reserved)find_word(words, p, len) : R_NONE;
}

unsigned redir_length(const char *p)
{
	unsigned digit = *p >= '0' && *p <= '9';

	p += digit;
	if (p[0] != '<' && p[0] != '>')
		return 0;
	if (!p[1] || !strchr(p[0] == '<' ? "<>&" : ">|&", p[1]))
		return digit + 1;
	return digit + (p[0] == '<' && p[1] == '<' && p[2] == '-' ? 3 : 2);
}

const char *function_head(const char *p)
{
	const char *end = name_end(p);

	if (end == p)
		return NULL;
	p = skip_blanks(end);
	if (*p != '(')
		return NULL;
	p = skip_blanks(p + 1);
	return *p == ')' ? p + 1 : NULL;
}
