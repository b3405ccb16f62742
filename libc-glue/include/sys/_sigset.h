/* A set of signals has a bit for each of 64: bit n is signal n, bit 0 is none. */
#ifndef _SYS__SIGSET_H_
#define _SYS__SIGSET_H_

typedef unsigned long long __sigset_t;

#endif
