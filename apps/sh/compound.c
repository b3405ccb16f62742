/*
 * Compound commands: if, while, until, for, case, { list; } and ( list ), with their redirections. sh.pos moves over their
 * text as run.c says; a loop moves it back, a branch not taken is scanned over.
 *
 * run_compound knows the end from a scan, so the runner of each kind may return with sh.pos anywhere. sh.loops counts the
 * loops around the command; a loop that is left by `break` or `continue` takes its level off sh.leave_levels, and ends the
 * leaving when that was the last.
 */
#include <string.h>

#include "sh.h"

/* Moves over the reserved word `r` that must come next. */
static void expect(enum reserved r, unsigned len)
{
	sh.pos = skip_newlines(sh.pos);
	if (reserved_at(sh.pos) != r)
		syntax_error(sh.pos);
	sh.pos += len;
}

static void skip_list(void)
{
	sh.pos = scan_end(sh.pos, SCAN_LIST);
}

static void run_condition(void)
{
	sh.tested++;
	run_list();
	sh.tested--;
}

static void run_if(void)
{
	for (;;) {
		enum reserved r;

		run_condition();
		if (sh.leave)
			return;
		expect(R_THEN, 4);
		if (sh.status == 0) {
			run_list();
			return;
		}
		skip_list();
		r = reserved_at(sh.pos);
		sh.pos += r == R_FI ? 2 : 4;
		if (r == R_ELIF)
			continue;
		sh.status = 0;
		if (r == R_ELSE)
			run_list();
		return;
	}
}

/* After a round of a loop: true if the loop ends. */
static int loop_ends(void)
{
	if (sh.leave != LEAVE_BREAK && sh.leave != LEAVE_CONTINUE)
		return sh.leave != LEAVE_NONE;
	if (--sh.leave_levels > 0)
		return 1;
	if (sh.leave == LEAVE_CONTINUE) {
		sh.leave = LEAVE_NONE;
		return 0;
	}
	sh.leave = LEAVE_NONE;
	return 1;
}

static void run_while(int until)
{
	const char *start = sh.pos;
	int status = 0;

	for (;;) {
		sh.pos = start;
		run_condition();
		if (!sh.leave) {
			if ((sh.status == 0) == until)
				break;
			expect(R_DO, 2);
			run_list();
		}
		status = sh.status;
		if (loop_ends())
			break;
	}
	sh.status = status;
}

/* The words behind `in`, expanded; without `in`, the positional parameters. */
static struct words for_words(void)
{
	struct words w;
	const char *p = skip_newlines(sh.pos);

	words_init(&w);
	if (reserved_at(p) != R_IN) {
		for (char **arg = sh.args; *arg; arg++)
			words_add(&w, *arg);
	} else {
		for (p = skip_blanks(p + 2); *p && !strchr(";\n", *p); p = skip_blanks(p)) {
			const char *end = word_end(p);

			expand_word(p, end, &w);
			p = end;
		}
	}
	sh.pos = *p == ';' ? p + 1 : p;
	return w;
}

static void run_for(void)
{
	const char *name = skip_blanks(sh.pos);
	size_t len = (size_t)(name_end(name) - name);
	const char *body;
	struct words w;

	if (len == 0)
		syntax_error(name);
	sh.pos = name + len;
	w = for_words();
	expect(R_DO, 2);
	body = sh.pos;
	sh.status = 0;
	for (struct word *word = w.first; word; word = word->next) {
		var_set(name, len, word->text);
		sh.pos = body;
		run_list();
		if (loop_ends())
			break;
	}
}

/* Tries the patterns at sh.pos, which moves behind their ')'. */
static int case_matches(const char *subject)
{
	int matches = 0;

	if (*sh.pos == '(')
		sh.pos++;
	for (;;) {
		const char *p = skip_blanks(sh.pos);
		const char *end = word_end(p);

		if (!matches)
			matches = pattern_match(
				expand_string(p, end, EXPAND_PATTERN), subject, subject + strlen(subject));
		sh.pos = skip_blanks(end);
		if (*sh.pos++ == ')')
			return matches;
	}
}

static void run_case(void)
{
	const char *word = skip_blanks(sh.pos);
	const char *end = word_end(word);
	char *subject = expand_string(word, end, EXPAND_ONE);

	sh.pos = end;
	expect(R_IN, 2);
	sh.status = 0;
	for (;;) {
		sh.pos = skip_newlines(sh.pos);
		if (reserved_at(sh.pos) == R_ESAC)
			return;
		if (case_matches(subject)) {
			run_list();
			return;
		}
		skip_list();
		if (*sh.pos == ';')
			sh.pos += 2;
	}
}

static void run_compound_body(enum reserved r)
{
	static const unsigned char lengths[] = {
		[R_IF] = 2, [R_WHILE] = 5, [R_UNTIL] = 5, [R_FOR] = 3, [R_CASE] = 4, [R_BEGIN] = 1};

	sh.pos += lengths[r];
	sh.loops += r == R_WHILE || r == R_UNTIL || r == R_FOR;
	switch (r) {
	case R_IF:
		run_if();
		break;
	case R_WHILE:
	case R_UNTIL:
		run_while(r == R_UNTIL);
		break;
	case R_FOR:
		run_for();
		break;
	case R_CASE:
		run_case();
		break;
	default:
		run_list();
		break;
	}
	sh.loops -= r == R_WHILE || r == R_UNTIL || r == R_FOR;
}

/* ( list ): in a shell of its own. */
static void run_subshell(const char *end, const struct redir *redirs)
{
	const struct stage stage = {-1, -1, 0, job_new(sh.pos, end, 1, 1)};

	spawn_shell(mem_range(sh.pos + 1, end - 1), redirs, &stage);
	sh.status = job_foreground(stage.job);
}

void run_compound(enum reserved r)
{
	const char *end = scan_end(sh.pos, SCAN_COMPOUND);
	const char *after = end;
	struct redir *redirs = NULL, **last = &redirs;
	unsigned mark = redir_mark();

	for (after = skip_blanks(end); redir_length(after); after = skip_blanks(after)) {
		*last = redir_parse(&after);
		last = &(*last)->next;
	}
	if (r == R_NONE)
		run_subshell(end, redirs);
	else if (redir_apply_saved(redirs) < 0)
		sh.status = 1;
	else
		run_compound_body(r);
	redir_undo(mark);
	sh.pos = after;
}
