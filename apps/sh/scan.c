/*
 * Moves over commands without running them: to find where a command ends that is skipped, handed to another shell, or not yet
 * typed to its end. One loop with a stack of one byte a level, so depth costs next to nothing.
 *
 * A level's byte says what may come next in it:
 *   i  after if, elif: then          w  after while, until: do     f  after the head of for: do
 *   t  after then: elif, else, fi    d  after do: done             c  in case: a pattern or esac
 *   e  after else: fi                {  }                          C  after the pattern: ;; or esac
 *                                    (  )
 */
#include <string.h>

#include "sh.h"

#define SCAN_DEPTH 24

/* What the next word is to the command. */
enum position { AT_START, IN_COMMAND, AFTER_COMPOUND };

struct scanner {
	const char *p;
	enum scan kind;
	int position;
	int empty;    /* the command has nothing yet */
	int awaiting; /* after && || | : a command must follow, newlines do not end it */
	int depth;
	char nest[SCAN_DEPTH];
};

enum { GO_ON = -1 };

static int scan_nested; /* > 0: inside $(...) */

static char top_of(const struct scanner *s)
{
	return s->depth ? s->nest[s->depth - 1] : '\0';
}

static int begin_command(struct scanner *s)
{
	s->position = AT_START;
	s->empty = 1;
	return GO_ON;
}

static int push(struct scanner *s, char what)
{
	if (s->depth == SCAN_DEPTH)
		return SCAN_ERROR;
	s->nest[s->depth++] = what;
	s->awaiting = 0;
	return begin_command(s);
}

/* The level on top goes from one of `from` to `to`; 0: it ends. At the base, what closes a level ends the scan. */
static int turn(struct scanner *s, const char *from, char to, unsigned len)
{
	if (s->depth == 0)
		return s->kind == SCAN_ALL ? SCAN_ERROR : SCAN_OK;
	if (!strchr(from, top_of(s)))
		return SCAN_ERROR;
	s->p += len;
	if (to) {
		s->nest[s->depth - 1] = to;
		return begin_command(s);
	}
	s->depth--;
	s->position = AFTER_COMPOUND;
	s->empty = 0;
	return s->depth == 0 && s->kind == SCAN_COMPOUND ? SCAN_OK : GO_ON;
}

/* A word at s->p that must be there. */
static int take_word(struct scanner *s)
{
	const char *end;

	s->p = skip_blanks(s->p);
	end = word_end(s->p);
	if (!end || !*s->p)
		return SCAN_INCOMPLETE;
	if (end == s->p)
		return SCAN_ERROR;
	s->p = end;
	return GO_ON;
}

static int scan_for(struct scanner *s)
{
	int r = take_word(s);

	if (r != GO_ON)
		return r;
	s->p = skip_newlines(s->p);
	if (reserved_at(s->p) == R_IN) {
		for (s->p = skip_blanks(s->p + 2); *s->p && !strchr(";\n", *s->p); s->p = skip_blanks(s->p))
			if ((r = take_word(s)) != GO_ON)
				return r;
	}
	if (*s->p == ';')
		s->p++;
	s->p = skip_newlines(s->p);
	return push(s, 'f');
}

static int scan_case(struct scanner *s)
{
	int r = take_word(s);

	if (r != GO_ON)
		return r;
	s->p = skip_newlines(s->p);
	if (reserved_at(s->p) != R_IN)
		return *s->p ? SCAN_ERROR : SCAN_INCOMPLETE;
	s->p += 2;
	return push(s, 'c');
}

/* The patterns before one command list of case, or its end. */
static int scan_patterns(struct scanner *s)
{
	int r;

	s->p = skip_newlines(s->p);
	if (reserved_at(s->p) == R_ESAC)
		return turn(s, "c", 0, 4);
	if (*s->p == '(')
		s->p++;
	for (;;) {
		r = take_word(s);
		if (r != GO_ON)
			return r;
		s->p = skip_blanks(s->p);
		if (*s->p != '|')
			break;
		s->p++;
	}
	if (*s->p != ')')
		return *s->p ? SCAN_ERROR : SCAN_INCOMPLETE;
	return turn(s, "c", 'C', 1);
}

static int scan_reserved(struct scanner *s, enum reserved r)
{
	/* Of each reserved word: its length, the levels that it may follow, and what it makes of the level. */
	static const struct {
		unsigned char len;
		char from[3], to;
	} words[] = {
		[R_THEN] = { 4, "i", 't' }, [R_ELIF] = { 4, "t", 'i' }, [R_ELSE] = { 4, "t", 'e' },  [R_FI] = { 2, "te", 0 },
		[R_DO] = { 2, "wf", 'd' },  [R_DONE] = { 4, "d", 0 },   [R_ESAC] = { 4, "C", 0 },    [R_END] = { 1, "{", 0 },
		[R_IF] = { 2, "", 'i' },    [R_WHILE] = { 5, "", 'w' }, [R_UNTIL] = { 5, "", 'w' },  [R_BEGIN] = { 1, "", '{' },
		[R_FOR] = { 3, "", 0 },     [R_CASE] = { 4, "", 0 },    [R_NOT] = { 1, "", 0 },
	};

	if (words[r].from[0])
		return turn(s, words[r].from, words[r].to, words[r].len);
	if (s->position == AFTER_COMPOUND)
		return SCAN_ERROR;
	s->p += words[r].len;
	if (r == R_FOR)
		return scan_for(s);
	if (r == R_CASE)
		return scan_case(s);
	if (r != R_NOT)
		return push(s, words[r].to);
	s->awaiting = 1;
	return GO_ON;
}

static int scan_word(struct scanner *s)
{
	enum reserved r = s->position == IN_COMMAND ? R_NONE : reserved_at(s->p);
	const char *body;

	if (r != R_NONE && r != R_IN)
		return scan_reserved(s, r);
	if (s->position == AFTER_COMPOUND)
		return SCAN_ERROR;
	body = s->position == AT_START ? function_head(s->p) : NULL;
	if (body) {
		s->p = body;
		s->awaiting = 1;
		return begin_command(s);
	}
	s->position = IN_COMMAND;
	s->empty = 0;
	s->awaiting = 0;
	return take_word(s);
}

static int scan_redirection(struct scanner *s, unsigned len)
{
	int heredoc = s->p[len - 1] == '-' || (len > 1 && s->p[len - 1] == '<' && s->p[len - 2] == '<');

	s->p = skip_blanks(s->p + len);
	if (heredoc && *s->p && *s->p != HERE_MARK && !scan_nested)
		return SCAN_HEREDOC;
	s->empty = 0;
	s->awaiting = 0;
	return take_word(s);
}

/* ; & newline: between the commands of a list. */
static int scan_separator(struct scanner *s)
{
	if (*s->p == '\n' && s->awaiting) {
		s->p++;
		return GO_ON;
	}
	if (s->empty && *s->p != '\n')
		return SCAN_ERROR;
	if (s->depth == 0 && s->kind < SCAN_LIST)
		return SCAN_OK;
	s->p++;
	return begin_command(s);
}

/* && || | : between the commands of a pipeline or and-or list. */
static int scan_connector(struct scanner *s, unsigned len)
{
	if (s->empty)
		return SCAN_ERROR;
	if (s->depth == 0 && s->kind <= (len == 1 ? SCAN_COMPOUND : SCAN_PIPELINE))
		return SCAN_OK;
	s->p += len;
	s->awaiting = 1;
	return begin_command(s);
}

static int scan_parenthesis(struct scanner *s)
{
	if (*s->p == ')')
		return turn(s, "(", 0, 1);
	if (s->position != AT_START)
		return SCAN_ERROR;
	s->p++;
	return push(s, '(');
}

static int scan_token(struct scanner *s)
{
	unsigned redirection;

	if (top_of(s) == 'c')
		return scan_patterns(s);
	s->p = skip_blanks(s->p);
	if (!*s->p)
		return s->depth || s->awaiting ? SCAN_INCOMPLETE : SCAN_OK;
	redirection = redir_length(s->p);
	if (redirection)
		return scan_redirection(s, redirection);
	switch (*s->p) {
	case ';':
		if (s->p[1] == ';')
			return turn(s, "C", 'c', 2);
		return scan_separator(s);
	case '&':
		return s->p[1] == '&' ? scan_connector(s, 2) : scan_separator(s);
	case '\n':
		return scan_separator(s);
	case '|':
		return scan_connector(s, s->p[1] == '|' ? 2 : 1);
	case '(':
	case ')':
		return scan_parenthesis(s);
	default:
		return scan_word(s);
	}
}

enum scan_result scan(const char **p, enum scan kind)
{
	struct scanner s = { .p = *p, .kind = kind, .empty = 1 };
	int r;

	scan_nested += kind == SCAN_LIST;
	do
		r = scan_token(&s);
	while (r == GO_ON);
	scan_nested -= kind == SCAN_LIST;
	*p = s.p;
	return (enum scan_result)r;
}

const char *scan_end(const char *p, enum scan kind)
{
	if (scan(&p, kind) != SCAN_OK)
		syntax_error(p);
	return p;
}
