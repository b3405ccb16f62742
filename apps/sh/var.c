/*
 * Variables, functions and traps: a list of strings "name=value". What came from the environment stays where it is until it is
 * assigned. To a subshell everything is passed in its environment; a name that other programs must not see travels with
 * one of these before it:
 *   =name=value   a variable that is not exported
 *   (name=body    a function
 *   $=pid  ?=n  !=pid   the special parameters
 */
#include <stdlib.h>
#include <string.h>

#include "out.h"
#include "sh.h"

#define VAR_OWNED 8 /* text came from malloc */
#define VAR_KINDS (VAR_FUNCTION | VAR_TRAP)

struct var {
	struct var *next;
	char *text;
	unsigned char flags;
	unsigned char name_len;
};

static struct var *vars;

/* The link that points to a variable or body of this kind, or to NULL at the end. */
static struct var **var_find(const char *name, size_t len, int kind)
{
	struct var **v;

	for (v = &vars; *v; v = &(*v)->next)
		if ((*v)->name_len == len && ((*v)->flags & VAR_KINDS) == kind &&
			strncmp((*v)->text, name, len) == 0)
			break;
	return v;
}

static void var_free_text(struct var *v)
{
	if (v->flags & VAR_OWNED)
		free(v->text);
}

/* Gives a variable, new if need be, its text and the flags besides those it keeps. */
static struct var *var_put(char *text, size_t len, int flags)
{
	struct var **link = var_find(text, len, flags & VAR_KINDS), *v = *link;

	if (!v) {
		v = mem_keep(sizeof(*v));
		*v = (struct var){.name_len = (unsigned char)len};
		*link = v;
	}
	var_free_text(v);
	v->text = text;
	v->flags = (v->flags & (unsigned char)~VAR_OWNED) | (unsigned char)flags;
	return v;
}

/* "name=value" in memory of its own; without value only "name". */
static char *var_text(const char *name, size_t len, const char *value, size_t value_len)
{
	char *text = mem_keep(len + value_len + 2);

	if (len > 255)
		fatal(NULL, "name too long");
	memcpy(text, name, len);
	text[len] = value ? '=' : '\0';
	memcpy(text + len + 1, value, value_len);
	text[len + 1 + value_len] = '\0';
	return text;
}

static void var_remove(struct var **v)
{
	struct var *old = *v;

	if (!old)
		return;
	*v = old->next;
	var_free_text(old);
	free(old);
}

const char *var_get(const char *name, size_t len)
{
	struct var *v = *var_find(name, len, 0);

	return v && v->text[len] == '=' ? v->text + len + 1 : NULL;
}

const char *var_value(const char *name)
{
	const char *value = var_get(name, strlen(name));

	return value ? value : "";
}

const char *var_ifs(void)
{
	const char *value = var_get("IFS", 3);

	return value ? value : " \t\n";
}

static void var_check(const struct var *v)
{
	if (v && (v->flags & VAR_READONLY))
		fatal(v->text, "is read only");
}

void var_set(const char *name, size_t len, const char *value)
{
	var_check(*var_find(name, len, 0));
	var_put(var_text(name, len, value, strlen(value)), len, VAR_OWNED);
}

void var_assign(const char *assignment)
{
	size_t len = strcspn(assignment, "=");

	var_set(assignment, len, assignment + len + 1);
}

void var_unset(const char *name)
{
	struct var **v = var_find(name, strlen(name), 0);

	var_check(*v);
	var_remove(v);
}

/* A variable that is marked before it has a value has the text "name". */
void var_flag(const char *name, size_t len, int flag)
{
	struct var *v = *var_find(name, len, 0);

	if (!v)
		v = var_put(var_text(name, len, NULL, 0), len, VAR_OWNED);
	v->flags |= (unsigned char)flag;
}

const char *body_get(int kind, const char *name, size_t len)
{
	struct var *v = *var_find(name, len, kind);

	return v ? v->text + len + 1 : NULL;
}

void body_set(int kind, const char *name, size_t len, const char *body, size_t body_len)
{
	var_put(var_text(name, len, body, body_len), len, kind | VAR_OWNED);
}

void body_unset(int kind, const char *name)
{
	var_remove(var_find(name, strlen(name), kind));
}

static void import_special(char what, const char *value)
{
	long n = 0;

	parse_number(value, &n);
	if (what == '$') {
		sh.pid = (pid_t)n;
		sh.subshell = 1;
	} else if (what == '?') {
		sh.status = n;
	} else {
		sh.last_job = (pid_t)n;
	}
}

void var_import(char **environment)
{
	for (; *environment; environment++) {
		char *text = *environment;
		int flags = VAR_EXPORT;
		size_t len;

		if (text[0] && strchr("$?!", text[0]) && text[1] == '=') {
			import_special(text[0], text + 2);
			continue;
		}
		if (*text == '=' || *text == '(')
			flags = *text++ == '(' ? VAR_FUNCTION : 0;
		len = (size_t)(name_end(text) - text);
		if (len > 0 && len < 256 && text[len] == '=')
			var_put(text, len, flags);
	}
}

static void print_quoted(const char *value)
{
	out_char('\'');
	for (; *value; value++) {
		if (*value == '\'')
			out_str("'\\'");
		out_char(*value);
	}
	out_char('\'');
}

static void print_trap(const struct var *v)
{
	print_quoted(v->text + v->name_len + 1);
	out_char(' ');
	out_bytes(v->text, v->name_len);
}

static void print_variable(const struct var *v)
{
	out_bytes(v->text, v->name_len);
	if (v->text[v->name_len]) {
		out_char('=');
		print_quoted(v->text + v->name_len + 1);
	}
}

void var_print(const char *prefix, int flag)
{
	for (struct var *v = vars; v; v = v->next) {
		if ((v->flags & (VAR_KINDS | flag)) != flag)
			continue;
		out_str(prefix);
		if (flag == VAR_TRAP)
			print_trap(v);
		else
			print_variable(v);
		out_char('\n');
	}
}

/* The entry of a variable in the environment of a program or, with `all`, of a subshell; NULL: none. */
static char *environment_entry(const struct var *v, int all)
{
	if (v->text[v->name_len] != '=' || (v->flags & VAR_TRAP))
		return NULL;
	if (v->flags & VAR_EXPORT)
		return v->text;
	if (!all)
		return NULL;
	str_begin();
	str_put(v->flags & VAR_FUNCTION ? '(' : '=');
	str_puts(v->text);
	return str_end();
}

static char *special_entry(char what, long value)
{
	str_begin();
	str_put(what);
	str_put('=');
	str_puts(number_text(value));
	return str_end();
}

char **var_environment(int all)
{
	unsigned n = 4;
	char **env, **e;

	for (struct var *v = vars; v; v = v->next)
		n++;
	e = env = mem_alloc(n * sizeof(*env));
	for (struct var *v = vars; v; v = v->next)
		if ((*e = environment_entry(v, all)))
			e++;
	if (all) {
		*e++ = special_entry('$', sh.pid);
		*e++ = special_entry('?', sh.status);
		if (sh.last_job)
			*e++ = special_entry('!', sh.last_job);
	}
	*e = NULL;
	return env;
}

struct var_saved {
	struct var_saved *next;
	const char *name; /* up to its = */
	char *text;       /* NULL: there was no such variable */
	unsigned char flags;
};

struct var_saved *var_push(const char *assignment, struct var_saved *next)
{
	struct var_saved *s = mem_alloc(sizeof(*s));
	size_t len = strcspn(assignment, "=");
	struct var *v = *var_find(assignment, len, 0);

	s->next = next;
	s->name = assignment;
	if (v) {
		var_check(v);
		s->text = v->text;
		s->flags = v->flags;
		v->flags = 0; /* the text is not freed now, but kept for var_restore */
	}
	var_put(var_text(assignment, len, assignment + len + 1, strlen(assignment + len + 1)), len,
		VAR_OWNED | VAR_EXPORT);
	return s;
}

void var_restore(struct var_saved *s)
{
	for (; s; s = s->next) {
		size_t len = strcspn(s->name, "=");

		if (s->text)
			var_put(s->text, len, 0)->flags = s->flags;
		else
			var_remove(var_find(s->name, len, 0));
	}
}
