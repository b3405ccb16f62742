/* What programs that catch signals share: counting handlers, and their installation with SA_RESTART. */
#ifndef HANDLERS_H
#define HANDLERS_H

#include <signal.h>
#include <string.h>

#define MOST_SIGNALS 128

/* How often each signal was caught, in this memory. */
static volatile int caught[MOST_SIGNALS];

static void count_signal(int signal_number)
{
	caught[signal_number]++;
}

static inline int set_action(int signal_number, void (*handler)(int))
{
	struct sigaction action;

	memset(&action, 0, sizeof action);
	action.sa_handler = handler;
	action.sa_flags = SA_RESTART;
	sigemptyset(&action.sa_mask);
	return sigaction(signal_number, &action, NULL);
}

static inline int catch_signal(int signal_number)
{
	return set_action(signal_number, count_signal);
}

/* Whether that is the action of a signal. */
static inline int has_action(int signal_number, void (*handler)(int))
{
	struct sigaction action;

	return sigaction(signal_number, NULL, &action) == 0 && action.sa_handler == handler;
}

#endif
