/*
 * sh: a POSIX-like shell that interprets the text of its commands by position, without a tree.
 *
 *   input.c    reads lines, until they make a complete command
 *   lex.c      finds where tokens, words and commands end in text; knows the grammar, evaluates nothing
 *   run.c      walks over the text of a command and runs it: lists, pipelines, functions
 *   compound.c if, while, for, case, { } and ( )
 *   simple.c   one simple command: assignments, words, redirections, then a builtin, a function or a program
 *   spawn.c    vfork and exec; jobs.c waits for what that started, trap.c deals with signals
 *   expand.c   words to arguments; param.c, arith.c and pattern.c are parts of that
 *   mem.c      memory that lives as long as the command that needs it
 *
 * There is no fork, so what POSIX runs in a copy of the shell (a subshell, a stage of a pipeline that is no program, a
 * command substitution) runs in a new sh, given the source text of the command, with the shell's unexported variables and
 * functions passed in its environment (var.c).
 */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* Status of the shell itself when a command cannot be understood. */
#define STATUS_SYNTAX 2

/* The build gives the size of the stack; where it does not (natively), there is plenty. */
#ifndef STACK_SIZE
#define STACK_SIZE 262144
#endif
/* What is left for the calls between two of stack_check(). */
#ifndef STACK_RESERVE
#define STACK_RESERVE 800
#endif

/* What the interpreter is leaving: everything up to a loop, a function, or the prompt. */
enum leave { LEAVE_NONE, LEAVE_BREAK, LEAVE_CONTINUE, LEAVE_RETURN, LEAVE_ALL };

struct shell {
	const char *pos;  /* the text being interpreted, NUL-terminated; moves as it runs */
	const char *arg0; /* $0 */
	char **args;      /* $1... and NULL */
	pid_t pid;        /* $$ : of the first shell, also in subshells */
	pid_t last_job;   /* $! or 0 */
	void **top;        /* where fatal() goes; NULL: exit */
	/* Words and not bytes: they cost a few bytes of RAM, and save hundreds of text. */
	int status;       /* $? */
	int leave;        /* enum leave */
	int leave_levels; /* loops still to leave */
	int nesting;      /* of run_list */
	char *stack;      /* where it begins, for stack_check() */
	int loops;        /* loops being run in this function */
	int tested;       /* > 0: a failure is being tested, -e does not apply */
	int interactive;
	int subshell;    /* $$ came from a parent shell */
	int one_command; /* sh -c: the last program may replace the shell */
	int substituted; /* a command substitution has set status */
	int opt_e, opt_x, opt_m;
	volatile unsigned signals; /* that came and whose traps have not run; bit n is signal n */
	int signal_status;         /* 128 and the last of them: of a command that it interrupted */
	unsigned reset;            /* whose action is the shell's own, so that children begin with the default */
};
extern struct shell sh;

/* ---- mem.c: memory on a stack of chunks; taken back as a whole, by releasing a mark ---- */

struct mem_mark {
	struct mem_chunk *chunk;
	unsigned used;
};

void *mem_alloc(size_t size); /* zeroed, aligned for pointers; never NULL: fatal() when memory is out */
char *mem_string(const char *s, size_t len);
char *mem_range(const char *s, const char *end);
char *mem_copy(const char *s);
struct mem_mark mem_mark(void);
void mem_release(struct mem_mark mark);

/* One string at a time grows on top; between str_begin and str_end nothing else may be allocated. */
void str_begin(void);
void str_put(char c);
void str_puts(const char *s);
size_t str_len(void);
void str_cut(size_t len);             /* shorten */
char *str_end(void);                  /* the finished string */
void str_reopen(char *s, size_t len); /* go on with the string of `len` that is the last thing allocated */

/* malloc for what outlives a command; never NULL: fatal(). */
void *mem_keep(size_t size);

/* ---- lex.c ---- */

enum scan {
	SCAN_COMMAND,  /* to the end of one command of a pipeline, its redirections included */
	SCAN_COMPOUND, /* to the end of a compound command, before its redirections */
	SCAN_PIPELINE, /* to && || ; & newline */
	SCAN_AND_OR,   /* to ; & newline */
	SCAN_LIST,     /* to a word or ) that closes what is around */
	SCAN_ALL,      /* to the end of the text */
};
enum scan_result { SCAN_OK, SCAN_INCOMPLETE, SCAN_ERROR, SCAN_HEREDOC };

/*
 * Moves *p over what `kind` says. SCAN_INCOMPLETE: the text ends too early. SCAN_ERROR: *p is at the offending token.
 * SCAN_HEREDOC: *p is at the delimiter of a here-document that is not yet in the text (see input.c).
 */
enum scan_result scan(const char **p, enum scan kind);

/* scan() over text known to be complete; fatal() on an error. */
const char *scan_end(const char *p, enum scan kind);

const char *skip_blanks(const char *p);   /* blanks, comments, continued lines */
const char *skip_newlines(const char *p); /* those and newlines */

/* End of the word at p, of the quoted string, $..., or `...` at p; NULL: incomplete. */
const char *word_end(const char *p);
const char *dollar_end(const char *p);
const char *backquote_end(const char *p);
const char *double_quote_end(const char *p);

/* Number, from 1, of a word in a list of words that are each followed by a blank; 0: not there. A list has no pointers. */
unsigned find_word(const char *list, const char *word, size_t len);

int is_name_start(char c);
int is_name_char(char c);
const char *name_end(const char *p);                 /* p itself if no name starts there */
const char *param_end(const char *p, int in_braces); /* of a name or special parameter; $10 is $1 and 0, ${10} is not */

/* Nonzero, a number of the enumeration below, if a reserved word is at p. */
enum reserved {
	R_NONE,
	R_IF,
	R_THEN,
	R_ELIF,
	R_ELSE,
	R_FI,
	R_WHILE,
	R_UNTIL,
	R_DO,
	R_DONE,
	R_FOR,
	R_CASE,
	R_ESAC,
	R_BEGIN,
	R_END,
	R_NOT,
	R_IN
};
enum reserved reserved_at(const char *p);

/* The operator of a redirection at p, behind a possible digit: its length with the digit, or 0. */
unsigned redir_length(const char *p);

/* A function's name and () at p: the position behind it, or NULL. */
const char *function_head(const char *p);

/* Inside a here-document put into the text: the character that starts and ends its body. */
#define HERE_MARK '\001'

/* ---- expand.c, param.c, arith.c, pattern.c, glob.c ---- */

struct word {
	struct word *next;
	char *text;
};
struct words {
	struct word *first, **end;
	unsigned count;
};

enum expand {
	EXPAND_ARGS,    /* split into fields, expand patterns of file names */
	EXPAND_ONE,     /* one string */
	EXPAND_PATTERN, /* one string, quoted characters escaped by backslashes */
	EXPAND_HERE,    /* the body of a here-document: one string, quotes are ordinary */
};

void words_init(struct words *w);
void words_add(struct words *w, char *text);
char **words_vector(struct words *w, unsigned room); /* NULL-terminated, `room` free slots before the first */

/* Expands the word [p, end) and adds what it becomes. */
void expand_word(const char *p, const char *end, struct words *to);
char *expand_string(const char *p, const char *end, enum expand mode);

/* One character of a word under construction; expanded: from an unquoted expansion, so it may split. */
void expand_emit(char c, int quoted, int expanded);
void expand_emit_string(const char *s, int quoted);
void expand_field_break(void); /* between the fields of "$@" */
void expand_open_field(void);  /* the field exists even if it stays empty */
void expand_no_args(void);     /* "$@" without arguments: no field because of these quotes */
void expand_join(void);        /* between the parameters of "$*" */
/* Expands [p, end) into the word under construction. */
void expand_part(const char *p, const char *end, int quoted);

/* Expands $... at p into the word under construction; returns its end. */
const char *expand_dollar(const char *p, int quoted);
/* Runs [p, end) and puts what it writes into the word under construction. */
void expand_command(const char *p, const char *end, int quoted, int backquoted);

const char *param_value(const char *name,
	size_t len);       /* of a variable or special parameter; NULL: unset. May be overwritten by the next call */
char *number_text(long n); /* in a static buffer */

long arith(const char *expression); /* fatal() on an error */

/* Does the whole of [s, end) match? In the pattern, a backslash quotes. */
int pattern_match(const char *pattern, const char *s, const char *end);
int pattern_active(const char *pattern); /* holds an unquoted * ? or [ */
void pattern_unquote(char *pattern);
/* Adds the names that match, sorted; 0 if there are none. */
unsigned glob_add(char *pattern, struct words *to);

/* ---- var.c ---- */

#define VAR_EXPORT 1
#define VAR_FUNCTION 2
#define VAR_READONLY 4
#define VAR_TRAP 16

void var_import(char **environment);
const char *var_get(const char *name, size_t len); /* NULL: unset */
const char *var_value(const char *name);           /* "" if unset */
const char *var_ifs(void);                          /* $IFS, or what it is where it is unset */
void var_set(const char *name, size_t len, const char *value);
void var_assign(const char *assignment); /* "name=value" */
void var_unset(const char *name);
void var_flag(const char *name, size_t len, int flag);
/* Texts of another kind: functions (VAR_FUNCTION), and the actions of traps (VAR_TRAP), which no other shell inherits. NULL: none. */
const char *body_get(int kind, const char *name, size_t len);
void body_set(int kind, const char *name, size_t len, const char *body, size_t body_len);
void body_unset(int kind, const char *name);
/* Prints "prefix name='value'" of all that have `flag` (0: of all variables); for traps "prefix 'action' name". */
void var_print(const char *prefix, int flag);
/* Environment for a program, or with `all` for a subshell. */
char **var_environment(int all);

/* A variable as it was before an assignment that lasts for one command. */
struct var_saved;
/* Assigns and exports; returns what var_restore needs, before `next`. */
struct var_saved *var_push(const char *assignment, struct var_saved *next);
void var_restore(struct var_saved *saved);

/* ---- run.c ---- */

void run_text(const char *text); /* a whole text; fatal() goes to sh.top */
void run_list(void);             /* from sh.pos to what closes the list */
void run_function(const char *body, char **args);
void fatal(const char *what, const char *why) __attribute__((noreturn)); /* message, status 2, back to sh.top */
void syntax_error(const char *at) __attribute__((noreturn));
/* Called wherever something may nest: fatal() before the stack ends. */
void stack_check(void);
void shell_exit(int status) __attribute__((noreturn));

/* ---- compound.c ---- */

/* Runs the compound command at sh.pos, which begins with `r` (R_NONE: with a parenthesis), and its redirections. */
void run_compound(enum reserved r);

/* ---- redir.c ---- */

struct redir {
	struct redir *next;
	char *target; /* path, text of a here-document, digits, or "-" */
	int fd;
	int op; /* enum redir_op */
};

/* Parses the redirection at *p, which moves behind it, and expands its target. */
struct redir *redir_parse(const char **p);
/* Does them; -1 after a message. In a vfork child as well as in the shell. */
int redir_apply(const struct redir *r);
/* Does them so that redir_undo can take back what came after redir_mark. */
int redir_apply_saved(const struct redir *r);
/* Makes `fd`, which is closed, standard output until redir_undo. */
void redir_output(int fd);
unsigned redir_mark(void);
/* After an error: closes what the shell opened for itself. Those descriptors are close-on-exec, a script's are not. */
void fds_abandon(void);
void redir_undo(unsigned mark);
void redir_keep(unsigned mark); /* exec: make them permanent */

/* ---- simple.c, spawn.c ---- */

/* Runs the simple command at sh.pos; last: nothing comes after it, so a program may replace the shell. */
void run_simple(int last);

struct job;

/* Where a stage of a pipeline stands. */
struct stage {
	int in, out; /* descriptors to become 0 and 1, or -1 */
	int background;
	struct job *job; /* that it is a process of */
};

/* True if the command at p only writes, so that the shell itself can be the first stage of a pipeline. */
int only_writes(const char *p);
/* Start the command [p, end) as a stage, or say why not. Its job knows of it in any case. */
void spawn_stage(const char *p, const char *end, const struct stage *stage);
/* Start a program; args[-1] and args[-2] are free. */
void spawn_program(char **args, const struct redir *redirs, char **env, const struct stage *stage);
/* Start another sh for `text`. */
void spawn_shell(const char *text, const struct redir *redirs, const struct stage *stage);
/* Replace the shell; returns only the status to exit with, after a message. */
int exec_program(char **args, char **env);
/* pipe() with both ends close-on-exec; fatal() on failure. */
void make_pipe(int fds[2]);

/* ---- jobs.c, jobcmd.c ---- */

/* The descriptor of the terminal. Where standard error is redirected, there is no job control. */
#define JOB_TERMINAL 2

/*
 * A job for the command [text, end), with room for its processes; with `control` in a group of its own if the shell has job
 * control and a terminal at hand.
 */
struct job *job_new(const char *text, const char *end, unsigned processes, int control);
/* The next process of the job has been started; pid < 0: it could not be. */
void job_add(struct job *j, pid_t pid);
/* In a vfork child: enters the job's group, and takes the terminal. Returns whether the job has a group of its own. */
int job_join(const struct job *j, int foreground);
/* Waits until a job has ended, or has stopped and become one of the background; returns its exit status. */
int job_foreground(struct job *j);
/* The job goes on in the background: it becomes $!, and gets a number, which the interactive shell shows. */
void job_background(struct job *j);
/* Between commands: shows what jobs have come to, at the terminal, and forgets those that ended; in a script, all but some. */
void jobs_settle(void);
/* Shows the job that an operand names, or with "" all. */
void jobs_look(const char *operand);
/* For kill: names of jobs among the arguments become process ids. args[-1] is free. Returns the arguments. */
char **job_targets(char **args);

int resume_main(char **args, int foreground); /* fg and bg */
int wait_main(char **args);

/* ---- trap.c, signal.c ---- */

/* Sets what a signal does in this process. Interrupted calls are not restarted. */
void signal_set(int sig, void (*action)(int));
/* Sets it to what the traps and the mode of the shell demand. */
void signal_restore(int sig);
/* All whose action depends on sh.interactive and sh.opt_m. */
void signals_restore(void);
/* In a vfork child of a job with or without a group of its own. */
void signals_for_child(int control, int background);
/* Runs the actions of sh.signals. */
void traps_run(void);
int trap_main(char **args);

/* ---- builtin.c, test.c ---- */

/* Number of a builtin, or 0. */
unsigned builtin_find(const char *name);
/* True for one that takes the shell's redirections for good (exec). */
int builtin_is_exec(unsigned builtin);
int builtin_run(unsigned builtin, char **args);
/* -e and -x; 0: no such option. */
int set_option(char letter, int on);
int test_main(char **args, int count); /* 0, 1, or 2 after a message */
int read_main(char **args);
int parse_number(const char *s, long *n); /* -1: not a number */

/* ---- input.c, edit.c: each runs the commands of one source to its end ---- */

void input_interactive(void);
void input_stdin(void);
int input_run_file(const char *path);  /* also for `.`; -1 after a message */
void input_run_text(const char *text); /* sh -c, eval */

/* read() that goes on after a signal. */
ssize_t read_again(int fd, void *buf, size_t size);

/* Reads a line with editing and history into `line`; its length without newline, -1 at the end of input. */
int edit_line(const char *prompt, char *line, int size);
