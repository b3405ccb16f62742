/* What the files about signals share. */
#pragma once

#include <signal.h>

#define ALL_SIGNALS (~(sigset_t)1)
#define SIGNAL_BIT(sig) ((sigset_t)1 << (sig))

/* Whether `sig` is a signal; sets errno to EINVAL if not. */
int __signal_exists(int sig);

/* What siginterrupt asked of signal(): no SA_RESTART. */
extern sigset_t __signals_interrupt;
