/*
 * Runs commands by walking over their text with sh.pos: lists, and-or lists, pipelines, and what kind of command comes next.
 * Owns `sh`, and the way back to sh.top: errors, of which the end of the stack is one.
 *
 * Each runner starts with sh.pos at its command and leaves it behind. While something is being left (sh.leave), runners
 * return at once and sh.pos does not matter: run_compound, which knows the end from a scan, puts it right.
 * What a list allocates for one of its and-or lists is given back before the next.
 */
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
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
