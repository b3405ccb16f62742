/*
 * One simple command: assignments, words, redirections; then a builtin, a function or a program.
 */
#include <string.h>

#include "out.h"
#include "sh.h"

struct simple {
	const char *text;
	struct words args;
	struct words assignments; /* their source text */
	struct redir *redirs;
};

static int is_assignment(const char *p)
{
	const char *end = name_end(p);

	return end > p && *end == '=';
}

/* "name=value", the value expanded: when it is assigned, because an assignment sees those before it. */
static char *expand_assignment(const char *p)
{
	const char *value = name_end(p) + 1;
	char *expanded = expand_string(value, value + strlen(value), EXPAND_ONE);

	str_begin();
	for (; p < value; p++)
		str_put(*p);
	str_puts(expanded);
	return str_end();
}

/* Parses and expands the command at sh.pos, which moves behind it. */
static void simple_parse(struct simple *c)
{
	struct redir **last = &c->redirs;
	const char *p = sh.pos, *end;

	*c = (struct simple){.text = p};
	for (;;) {
		p = skip_blanks(p);
		if (redir_length(p)) {
			*last = redir_parse(&p);
			last = &(*last)->next;
			continue;
		}
		end = word_end(p);
		if (!end || end == p)
			break;
		if (!c->args.count && is_assignment(p))
			words_add(&c->assignments, mem_range(p, end));
		else
			expand_word(p, end, &c->args);
		p = end;
	}
	sh.pos = p;
}

static void trace_words(const struct words *words)
{
	for (const struct word *w = words->first; w; w = w->next) {
		out_char(' ');
		out_str(w->text);
	}
}

/* set -x: "+ words" on stderr. */
static void trace(const struct simple *c)
{
	out_to(2);
	out_char('+');
	trace_words(&c->assignments);
	trace_words(&c->args);
	out_char('\n');
	out_to(1);
}

static struct var_saved *assign_temporarily(const struct simple *c)
{
	struct var_saved *saved = NULL;

	for (struct word *w = c->assignments.first; w; w = w->next)
		saved = var_push(expand_assignment(w->text), saved);
	return saved;
}

/* No command: the assignments last. */
static void run_assignments(const struct simple *c)
{
	unsigned mark = redir_mark();

	for (struct word *w = c->assignments.first; w; w = w->next)
		var_assign(expand_assignment(w->text));
	if (!sh.substituted)
		sh.status = 0;
	if (redir_apply_saved(c->redirs) < 0)
		sh.status = 1;
	redir_undo(mark);
}

/* A builtin, or with `function` a function, in the shell itself. */
static void run_here(const struct simple *c, char **args, unsigned builtin, const char *function)
{
	unsigned mark = redir_mark();
	struct var_saved *saved = assign_temporarily(c);

	if (redir_apply_saved(c->redirs) < 0)
		sh.status = 1;
	else if (function)
		run_function(function, args + 1);
	else
		sh.status = builtin_run(builtin, args);
	if (builtin_is_exec(builtin))
		redir_keep(mark);
	else
		var_restore(saved);
	redir_undo(mark);
}

static void run_program(const struct simple *c, char **args, int last)
{
	struct stage stage = {-1, -1, 0, NULL};
	struct var_saved *saved = assign_temporarily(c);
	char **env = var_environment(0);

	if (last)
		shell_exit(redir_apply(c->redirs) < 0 ? 1 : exec_program(args, env));
	stage.job = job_new(c->text, sh.pos, 1, 1);
	spawn_program(args, c->redirs, env, &stage);
	var_restore(saved);
	sh.status = job_foreground(stage.job);
}

void run_simple(int last)
{
	struct simple c;
	const char *function;
	unsigned builtin;
	char **args;

	sh.substituted = 0;
	simple_parse(&c);
	if (sh.opt_x)
		trace(&c);
	if (!c.args.count) {
		run_assignments(&c);
		return;
	}
	args = words_vector(&c.args, 2);
	function = body_get(VAR_FUNCTION, args[0], strlen(args[0]));
	builtin = builtin_find(args[0]);
	if (function || builtin)
		run_here(&c, args, builtin, function);
	else
		run_program(&c, args, last);
}

/* Does a command of this name need a shell to run in? */
static int needs_shell(const char *name)
{
	return body_get(VAR_FUNCTION, name, strlen(name)) || builtin_find(name);
}

int only_writes(const char *p)
{
	size_t len = (size_t)(word_end(p) - p);

	return find_word("echo pwd jobs ", p, len) && !body_get(VAR_FUNCTION, p, len);
}

static int is_compound(const char *p)
{
	enum reserved r = reserved_at(p);

	return *p == '(' || (r != R_NONE && r != R_IN) || function_head(p);
}

void spawn_stage(const char *p, const char *end, const struct stage *stage)
{
	const char *saved = sh.pos;
	struct simple c = {.text = NULL};

	if (!is_compound(p) && !needs_shell(mem_range(p, word_end(p)))) {
		sh.pos = p;
		simple_parse(&c);
		sh.pos = saved;
	}
	if (!c.args.count || needs_shell(c.args.first->text)) {
		spawn_shell(mem_range(p, end), NULL, stage);
	} else {
		struct var_saved *vars = assign_temporarily(&c);

		if (sh.opt_x)
			trace(&c);
		spawn_program(words_vector(&c.args, 2), c.redirs, var_environment(0), stage);
		var_restore(vars);
	}
}
