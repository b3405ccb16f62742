/*
 * Runs commands by walking over their text. sh.pos moves; a loop moves it back, a branch not taken is scanned over.
 *
 * Each runner starts with sh.pos at its command and leaves it behind. While something is being left (sh.leave), runners
 * return at once and sh.pos does not matter: run_compound, which knows the end from a scan, puts it right.
 */
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "out.h"
#include "sh.h"

struct shell sh;

void fatal(const char *what, const char *why)
{
	msg_text(what, why);
	sh.status = STATUS_SYNTAX;
	if (!sh.top)
		shell_exit(STATUS_SYNTAX);
	__builtin_longjmp(sh.top, 1);
}

void stack_check(void)
{
	char here;

	if ((uintptr_t)sh.stack - (uintptr_t)&here > STACK_SIZE - STACK_RESERVE)
		fatal(NULL, "nested too deeply");
}

void syntax_error(const char *at)
{
	if (!*at)
		fatal("syntax error", "unexpected end of file");
	fatal("syntax error near", mem_string(at, strcspn(at + 1, "\n") + 1));
}

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

static void run_compound(enum reserved r)
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

static void define_function(const char *body)
{
	const char *start = skip_newlines(body);
	const char *end = scan_end(start, SCAN_COMMAND);

	body_set(VAR_FUNCTION, sh.pos, (size_t)(name_end(sh.pos) - sh.pos), start, (size_t)(end - start));
	sh.pos = end;
	sh.status = 0;
}

static void run_command(const char *end)
{
	enum reserved r = reserved_at(sh.pos);
	const char *body = function_head(sh.pos);
	int last = sh.one_command && sh.nesting == 1 && !sh.tested && !sh.reset && *skip_newlines(end) == '\0';

	if (body)
		define_function(body);
	else if (*sh.pos == '(' || (r != R_NONE && r != R_IN))
		run_compound(r);
	else
		run_simple(last);
}

/*
 * The first stage, if it only writes, run by the shell itself when the others are there to read from `out`: no process, and
 * no limit on its arguments.
 */
static void run_first_stage(const char *p, int out)
{
	const char *saved = sh.pos;
	unsigned mark = redir_mark();

	redir_output(out);
	signal_set(SIGPIPE, SIG_IGN);
	sh.pos = p;
	run_simple(0);
	signal_restore(SIGPIPE);
	redir_undo(mark);
	sh.pos = saved;
}

/* Starts the stages of the pipeline [p, end). */
static struct job *start_stages(const char *p, const char *end, int background)
{
	struct stage stage = {-1, -1, background, NULL};
	const char *first = background || !only_writes(p) ? NULL : p;
	int fds[2], first_out = -1, more;
	unsigned stages = 1;

	for (const char *q = p; q < end; q++)
		stages += *q == '|'; /* or more, in quotes */
	stage.job = job_new(p, end, stages, 1);
	do {
		const char *stage_end = scan_end(p, SCAN_COMMAND);

		more = stage_end < end;
		if (more)
			make_pipe(fds);
		stage.out = more ? fds[1] : -1;
		if (p == first)
			job_add(stage.job, -1);
		else
			spawn_stage(p, stage_end, &stage);
		if (stage.in >= 0)
			close(stage.in);
		if (p == first)
			first_out = fds[1];
		else if (more)
			close(fds[1]);
		stage.in = more ? fds[0] : -1;
		p = skip_newlines(stage_end + 1);
	} while (more);
	if (first)
		run_first_stage(first, first_out);
	return stage.job;
}

/* Runs the pipeline at sh.pos that ends at `end`. Returns true if it begins with ! */
static int run_pipeline(const char *end)
{
	const char *command_end;
	int negated = 0;

	while (reserved_at(sh.pos) == R_NOT) {
		negated = !negated;
		sh.pos = skip_blanks(sh.pos + 1);
	}
	sh.tested += negated;
	command_end = scan_end(sh.pos, SCAN_COMMAND);
	if (command_end != end) {
		sh.status = job_foreground(start_stages(sh.pos, end, 0));
		sh.pos = end;
	} else {
		run_command(end);
	}
	sh.tested -= negated;
	if (negated && !sh.leave)
		sh.status = !sh.status;
	return negated;
}

static void run_and_or(void)
{
	char op = '\0';

	for (;;) {
		const char *end = scan_end(sh.pos, SCAN_PIPELINE);
		int more = end[0] == '&' ? end[1] == '&' : end[0] == '|';
		int negated = 0, skip = (op == '&' && sh.status != 0) || (op == '|' && sh.status == 0);

		if (skip) {
			sh.pos = end;
		} else {
			sh.tested += more;
			negated = run_pipeline(end);
			sh.tested -= more;
		}
		if (sh.leave)
			return;
		if (!more) {
			if (sh.opt_e && sh.status && !skip && !negated && !sh.tested)
				shell_exit(sh.status);
			return;
		}
		op = *end;
		sh.pos = skip_newlines(end + 2);
	}
}

/* The and-or list [sh.pos, end) in the background. */
static void run_background(const char *end)
{
	const char *p = scan_end(sh.pos, SCAN_PIPELINE);
	struct job *job;

	jobs_settle();
	if (p == end && reserved_at(sh.pos) != R_NOT) {
		job = start_stages(sh.pos, end, 1);
	} else {
		const struct stage stage = {-1, -1, 1, job_new(sh.pos, end, 1, 1)};

		job = stage.job;
		spawn_shell(mem_range(sh.pos, end), NULL, &stage);
	}
	job_background(job);
	sh.status = 0;
	sh.pos = end + 1;
}

static int list_ends(const char *p)
{
	enum reserved r = reserved_at(p);

	return *p == '\0' || *p == ')' || (p[0] == ';' && p[1] == ';') || r == R_THEN || r == R_ELIF || r == R_ELSE ||
	       r == R_FI || r == R_DO || r == R_DONE || r == R_ESAC || r == R_END;
}

void run_list(void)
{
	stack_check();
	sh.nesting++;
	for (;;) {
		struct mem_mark mark = mem_mark();
		const char *end;

		traps_run();
		sh.pos = skip_newlines(sh.pos);
		if (sh.leave || list_ends(sh.pos))
			break;
		end = scan_end(sh.pos, SCAN_AND_OR);
		if (*end == '&')
			run_background(end);
		else
			run_and_or();
		mem_release(mark);
		if (sh.leave)
			break;
		sh.pos = skip_blanks(sh.pos);
		if (sh.pos[0] == ';' && sh.pos[1] != ';')
			sh.pos++;
	}
	sh.nesting--;
}

void run_text(const char *text)
{
	const char *saved = sh.pos;

	sh.pos = text;
	run_list();
	if (!sh.leave && *sh.pos)
		syntax_error(sh.pos);
	sh.pos = saved;
}

void run_function(const char *body, char **args)
{
	char **saved_args = sh.args;
	int saved_loops = sh.loops;

	sh.args = args;
	sh.loops = 0;
	run_text(mem_copy(body));
	sh.args = saved_args;
	sh.loops = saved_loops;
	if (sh.leave == LEAVE_RETURN)
		sh.leave = LEAVE_NONE;
}
