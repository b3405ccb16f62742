/*
 * The commands of the shell itself. Names are one string and the dispatch is a switch: a table of pointers would be RAM.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "msg.h"
#include "opt.h"
#include "out.h"
#include "sh.h"

/* In the order of builtin_names. */
enum builtin {
	B_NONE,
	B_TRUE,
	B_FALSE,
	B_ECHO,
	B_PWD,
	B_COLON,
	B_DOT,
	B_TEST,
	B_BRACKET,
	B_BREAK,
	B_CONTINUE,
	B_CD,
	B_EVAL,
	B_EXEC,
	B_EXIT,
	B_EXPORT,
	B_READ,
	B_READONLY,
	B_RETURN,
	B_SET,
	B_SHIFT,
	B_UMASK,
	B_UNSET,
	B_WAIT,
	B_JOBS,
	B_FG,
	B_BG,
	B_TRAP
};

static const char builtin_names[] = "true false echo pwd : . test [ break continue cd eval exec exit export read "
				    "readonly return set shift umask unset wait jobs fg bg trap ";

unsigned builtin_find(const char *name)
{
	return find_word(builtin_names, name, strlen(name));
}

int builtin_is_exec(unsigned builtin)
{
	return builtin == B_EXEC;
}

int parse_number(const char *s, long *n)
{
	int negative = *s == '-';
	const char *p = s + negative;

	for (*n = 0; *p >= '0' && *p <= '9'; p++)
		*n = *n * 10 + (*p - '0');
	if (p == s + negative || *p)
		return -1;
	if (negative)
		*n = -*n;
	return 0;
}

/* The operand as a number, `otherwise` without one; fatal() if it is none. */
static long number_operand(char **args, long otherwise)
{
	long n = otherwise;

	if (args[1] && parse_number(args[1], &n) < 0)
		fatal(args[1], "not a number");
	return n;
}

static int echo_main(char **args)
{
	int newline = 1;

	if (args[1] && strcmp(args[1], "-n") == 0) {
		newline = 0;
		args++;
	}
	while (*++args) {
		out_str(*args);
		if (args[1])
			out_char(' ');
	}
	if (newline)
		out_char('\n');
	return 0;
}

static char *current_folder(void)
{
	return getcwd(mem_alloc(PATH_SIZE), PATH_SIZE);
}

static int pwd_main(void)
{
	const char *path = current_folder();

	if (!path)
		return msg_error("pwd");
	out_str(path);
	out_char('\n');
	return 0;
}

static int cd_main(char **args)
{
	const char *to = args[1] ? args[1] : var_value("HOME");
	int back = strcmp(to, "-") == 0;
	const char *path;

	if (back)
		to = var_value("OLDPWD");
	if (chdir(to) < 0)
		return msg_error(to);
	path = current_folder();
	var_set("OLDPWD", 6, var_value("PWD"));
	var_set("PWD", 3, path ? path : "");
	return back ? pwd_main() : 0;
}

static int flag_main(char **args, const char *prefix, int flag)
{
	if (!args[1] || strcmp(args[1], "-p") == 0)
		var_print(prefix, flag);
	while (*++args) {
		size_t len = (size_t)(name_end(*args) - *args);

		if ((*args)[0] == '-')
			continue;
		if (len == 0 || ((*args)[len] && (*args)[len] != '='))
			return msg_text(*args, "bad variable name");
		if ((*args)[len])
			var_set(*args, len, *args + len + 1);
		var_flag(*args, len, flag);
	}
	return 0;
}

/* An interactive shell leads a group of its own, which is in the foreground while no job is. */
static void set_job_control(int on)
{
	sh.opt_m = on;
	signals_restore();
	if (on && sh.interactive) {
		setpgid(0, 0);
		tcsetpgrp(JOB_TERMINAL, getpid());
	}
}

int set_option(char letter, int on)
{
	if (letter == 'e')
		sh.opt_e = on;
	else if (letter == 'x')
		sh.opt_x = on;
	else if (letter == 'm')
		set_job_control(on);
	else
		return 0;
	return 1;
}

/* New positional parameters outlive the command: they are never given back, but replaced seldom. */
static void set_args(char **args)
{
	size_t n = (size_t)opt_count(args), bytes = (n + 1) * sizeof(*args);
	char **copy, *text;

	for (size_t i = 0; i < n; i++)
		bytes += strlen(args[i]) + 1;
	copy = mem_keep(bytes);
	text = (char *)(copy + n + 1);
	for (size_t i = 0; i < n; i++) {
		copy[i] = strcpy(text, args[i]);
		text += strlen(text) + 1;
	}
	copy[n] = NULL;
	sh.args = copy;
}

static int set_main(char **args)
{
	if (!args[1])
		var_print("", 0);
	while (*++args) {
		if (strcmp(*args, "--") == 0) {
			set_args(args + 1);
			break;
		}
		if ((**args != '-' && **args != '+') || !(*args)[1]) {
			set_args(args);
			break;
		}
		for (const char *p = *args + 1; *p; p++)
			if (!set_option(*p, **args == '-'))
				fatal("set", "bad option");
	}
	return 0;
}

static int unset_main(char **args)
{
	int function = args[1] && strcmp(args[1], "-f") == 0;

	for (args++; *args; args++) {
		if (**args == '-')
			continue;
		if (function)
			body_unset(VAR_FUNCTION, *args);
		else
			var_unset(*args);
	}
	return 0;
}

static int shift_main(char **args)
{
	long n = number_operand(args, 1);

	if (n < 0 || n > opt_count(sh.args))
		return 1;
	sh.args += n;
	return 0;
}

static int leave_loops(char **args, enum leave how)
{
	long n = number_operand(args, 1);

	if (sh.loops == 0 || n < 1)
		return 0;
	sh.leave = how;
	sh.leave_levels = (n < sh.loops ? n : sh.loops);
	return 0;
}

static int return_main(char **args)
{
	sh.leave = LEAVE_RETURN;
	return (int)number_operand(args, sh.status) & 255;
}

static int eval_main(char **args)
{
	char *text;

	str_begin();
	while (*++args) {
		str_puts(*args);
		if (args[1])
			str_put(' ');
	}
	text = str_end();
	sh.status = 0;
	input_run_text(text);
	return sh.status;
}

static int dot_main(char **args)
{
	if (!args[1])
		return msg_text(".", "no file given");
	sh.status = 0;
	return input_run_file(args[1]) < 0 ? 1 : sh.status;
}

static int exec_main(char **args)
{
	if (!args[1])
		return 0;
	args[0] = NULL;
	return exec_program(args + 1, var_environment(0));
}

static int umask_main(char **args)
{
	mode_t mask = 0;

	if (!args[1]) {
		mask = umask(0);
		umask(mask);
		for (int shift = 9; shift >= 0; shift -= 3)
			out_char((char)('0' + (mask >> shift & 7)));
		out_char('\n');
		return 0;
	}
	for (const char *p = args[1]; *p; p++) {
		if (*p < '0' || *p > '7')
			return msg_text(args[1], "not an octal number");
		mask = mask * 8 + (mode_t)(*p - '0');
	}
	umask(mask);
	return 0;
}

static int bracket_main(char **args)
{
	int n = opt_count(args);

	if (strcmp(args[n - 1], "]") != 0) {
		msg_text("[", "no ]");
		return 2;
	}
	return test_main(args + 1, n - 2);
}

static int run(enum builtin builtin, char **args)
{
	switch (builtin) {
	case B_FALSE:
		return 1;
	case B_ECHO:
		return echo_main(args);
	case B_PWD:
		return pwd_main();
	case B_DOT:
		return dot_main(args);
	case B_TEST:
		return test_main(args + 1, opt_count(args) - 1);
	case B_BRACKET:
		return bracket_main(args);
	case B_BREAK:
		return leave_loops(args, LEAVE_BREAK);
	case B_CONTINUE:
		return leave_loops(args, LEAVE_CONTINUE);
	case B_CD:
		return cd_main(args);
	case B_EVAL:
		return eval_main(args);
	case B_EXEC:
		return exec_main(args);
	case B_EXIT:
		shell_exit((int)number_operand(args, sh.status));
	case B_EXPORT:
		return flag_main(args, "export ", VAR_EXPORT);
	case B_READ:
		return read_main(args);
	case B_READONLY:
		return flag_main(args, "readonly ", VAR_READONLY);
	case B_RETURN:
		return return_main(args);
	case B_SET:
		return set_main(args);
	case B_SHIFT:
		return shift_main(args);
	case B_UMASK:
		return umask_main(args);
	case B_UNSET:
		return unset_main(args);
	case B_WAIT:
		return wait_main(args);
	case B_JOBS:
		jobs_look(args[1] ? args[1] : "");
		return 0;
	case B_FG:
	case B_BG:
		return resume_main(args, builtin == B_FG);
	case B_TRAP:
		return trap_main(args);
	default:
		return 0;
	}
}

int builtin_run(unsigned builtin, char **args)
{
	int status = run((enum builtin)builtin, args);

	if (out_flush() < 0)
		return errno == EPIPE ? 1 : msg_error("write error");
	if (builtin == B_EXEC && args[0] == NULL && !sh.interactive)
		shell_exit(status);
	return status;
}
