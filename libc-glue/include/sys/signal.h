/*
 * Signals: POSIX <signal.h> but the two types and the few names that newlib's <signal.h> adds, which includes this file.
 * Numbers and layouts are the kernel's (abi/abi.h).
 */
#ifndef _SYS_SIGNAL_H
#define _SYS_SIGNAL_H

#include "_ansi.h"
#include <sys/_sigset.h>
#include <sys/_timespec.h>
#include <sys/cdefs.h>
#include <sys/features.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef _SIGSET_T_DECLARED
#define _SIGSET_T_DECLARED
typedef __sigset_t sigset_t;
#endif

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGTRAP 5
#define SIGABRT 6
#define SIGIOT SIGABRT
#define SIGEMT 7
#define SIGFPE 8
#define SIGKILL 9
#define SIGBUS 10
#define SIGSEGV 11
#define SIGSYS 12
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15
#define SIGURG 16
#define SIGSTOP 17
#define SIGTSTP 18
#define SIGCONT 19
#define SIGCHLD 20
#define SIGCLD SIGCHLD
#define SIGTTIN 21
#define SIGTTOU 22
#define SIGIO 23
#define SIGPOLL SIGIO
#define SIGXCPU 24
#define SIGXFSZ 25
#define SIGVTALRM 26
#define SIGPROF 27
#define SIGWINCH 28
#define SIGLOST 29
#define SIGPWR SIGLOST
#define SIGUSR1 30
#define SIGUSR2 31
#define SIGRTMIN 32
#define SIGRTMAX 63
#define NSIG 64
#define _NSIG NSIG

union sigval {
	int sival_int;
	void *sival_ptr;
};

#define SIGEV_NONE 1
#define SIGEV_SIGNAL 2
#define SIGEV_THREAD 3

struct sigevent {
	int sigev_notify;
	int sigev_signo;
	union sigval sigev_value;
	void (*sigev_notify_function)(union sigval);
	void *sigev_notify_attributes;
};

typedef struct {
	int si_signo, si_code, si_errno;
	pid_t si_pid;
	int si_uid, si_status;
	void *si_addr;
	union sigval si_value;
} siginfo_t;

#define si_int si_value.sival_int
#define si_ptr si_value.sival_ptr

/* si_code of any signal; only the kernel sends positive ones. */
#define SI_USER 0
#define SI_QUEUE (-1)
#define SI_TIMER (-2)
#define SI_MESGQ (-3)
#define SI_ASYNCIO (-4)
#define SI_KERNEL 128

/* si_code of one signal. The kernel gives SEGV_ACCERR, BUS_ADRALN, ILL_ILLOPC, TRAP_BRKPT, and CLD_* but dumped and trapped. */
#define ILL_ILLOPC 1
#define ILL_ILLOPN 2
#define ILL_ILLADR 3
#define ILL_ILLTRP 4
#define ILL_PRVOPC 5
#define ILL_PRVREG 6
#define ILL_COPROC 7
#define ILL_BADSTK 8
#define FPE_INTDIV 1
#define FPE_INTOVF 2
#define FPE_FLTDIV 3
#define FPE_FLTOVF 4
#define FPE_FLTUND 5
#define FPE_FLTRES 6
#define FPE_FLTINV 7
#define FPE_FLTSUB 8
#define SEGV_MAPERR 1
#define SEGV_ACCERR 2
#define BUS_ADRALN 1
#define BUS_ADRERR 2
#define BUS_OBJERR 3
#define TRAP_BRKPT 1
#define TRAP_TRACE 2
#define CLD_EXITED 1
#define CLD_KILLED 2
#define CLD_DUMPED 3
#define CLD_TRAPPED 4
#define CLD_STOPPED 5
#define CLD_CONTINUED 6

typedef void (*_sig_func_ptr)(int);

struct sigaction {
	__extension__ union {
		_sig_func_ptr sa_handler;
		void (*sa_sigaction)(int, siginfo_t *, void *);
	};
	sigset_t sa_mask;
	int sa_flags;
};

#define SA_NOCLDSTOP 0x01
#define SA_SIGINFO 0x02
#define SA_ONSTACK 0x04
#define SA_RESTART 0x10
#define SA_NOCLDWAIT 0x20
#define SA_NODEFER 0x40
#define SA_NOMASK SA_NODEFER
#define SA_RESETHAND 0x80
#define SA_ONESHOT SA_RESETHAND

#define SIG_SETMASK 0
#define SIG_BLOCK 1
#define SIG_UNBLOCK 2

typedef struct sigaltstack {
	void *ss_sp;
	int ss_flags;
	size_t ss_size;
} stack_t;

#define SS_ONSTACK 1
#define SS_DISABLE 2
#define MINSIGSTKSZ 768
#define SIGSTKSZ 2048

/* The interrupted program, a handler's third argument; what a handler changes here is what the program goes on with. */
typedef struct {
	unsigned long regs[32]; /* pc, then x1 to x31 */
} mcontext_t;

typedef struct __ucontext {
	struct __ucontext *uc_link;
	stack_t uc_stack;
	sigset_t uc_sigmask;
	mcontext_t uc_mcontext;
} ucontext_t;

#if __MISC_VISIBLE
/* Indices into mcontext_t.regs. */
#define REG_PC 0
#define REG_RA 1
#define REG_SP 2
#define REG_A0 10
#endif

/* Unless something else is said: 0, or -1 with EINVAL for a number that is no signal. All may be called in handlers. */

int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int sig);
int sigdelset(sigset_t *set, int sig);
/* 1 or 0; -1 with EINVAL. */
int sigismember(const sigset_t *set, int sig);

/* ENOMEM too; EINVAL also for a change of SIGKILL's or SIGSTOP's. In a child of vfork: the child's action only. */
int sigaction(int sig, const struct sigaction *__restrict act, struct sigaction *__restrict old);
/* EINVAL: `how`. SIGKILL and SIGSTOP are silently left out. */
int sigprocmask(int how, const sigset_t *__restrict set, sigset_t *__restrict old);
/* The same for the calling thread; returns the error's number, or 0. */
int pthread_sigmask(int how, const sigset_t *__restrict set, sigset_t *__restrict old);
/* To a thread of this process; 0 as signal sends none. The error's number, EINVAL, or 0, also when the thread has ended. */
int pthread_kill(pthread_t thread, int sig);
/* The signals that were sent while blocked. */
int sigpending(sigset_t *set);
/* Until a handler has run, with the mask in between: -1 with EINTR, always. */
int sigsuspend(const sigset_t *mask);
/* Takes a pending signal of the set, or waits for one. The error's number, or 0. */
int sigwait(const sigset_t *__restrict set, int *__restrict sig);
/* The same: its number, or -1 with EINTR. `info` may be NULL. */
int sigwaitinfo(const sigset_t *__restrict set, siginfo_t *__restrict info);
/* The same: EAGAIN when none has come in the span, EINVAL for a span that is none. NULL: for ever. */
int sigtimedwait(const sigset_t *__restrict set, siginfo_t *__restrict info, const struct timespec *__restrict span);
/* ENOMEM: smaller than MINSIGSTKSZ; EPERM: the caller runs on the present one; EINVAL: flags. Gone after exec. */
int sigaltstack(const stack_t *__restrict stack, stack_t *__restrict old);
/* With true, calls that the signal interrupts fail with EINTR; with false they are made again. */
int siginterrupt(int sig, int interrupt);

/* pid > 0: that process; 0: the caller's group; -1: all but init and the caller; less: group -pid. ESRCH: there is none. */
int kill(pid_t pid, int sig);
/* A group; 0: the caller's. ESRCH too. */
int killpg(pid_t group, int sig);
/* A value along; ESRCH, EAGAIN (no memory to queue it in). */
int sigqueue(pid_t pid, int sig, const union sigval value);

#ifdef __cplusplus
}
#endif

#ifndef _SIGNAL_H_
#include <signal.h>
#endif
#endif
