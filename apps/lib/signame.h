/*
 * Names of signals.
 */
#pragma once

/* The number of a name, with or without SIG; -1: unknown. */
int signal_number(const char *name);
/* The name, without SIG; NULL: a signal without one. */
const char *signal_name(int number);
