/*
 * Messages on stderr: "name: what: reason". They are written at once, through no buffer, so a child between vfork and exec
 * may use them.
 */
#pragma once

/* Name of the program, defined by its main.c. */
extern const char app_name[];

/* What usage() prints after "usage: name ", defined by a main.c that takes options. */
extern const char app_usage[];

/* Text of an errno; never NULL. */
const char *err_text(int error);

/* Prints "name: what: reason", the reason that of errno. Returns 1, the exit status of a failed program. */
int msg_error(const char *what);

/* Prints "name: what: why"; `what` may be NULL. Returns 1. */
int msg_text(const char *what, const char *why);

/* Prints a string on stderr at once. */
void msg_put(const char *s);

/* Prints the usage. Returns 2, the exit status for wrong options. */
int usage(void);
