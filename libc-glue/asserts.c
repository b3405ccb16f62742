/*
 * What programs see is what the kernel means: every constant and structure of abi/abi.h and abi/errno.h equals the one
 * of the SDK's headers. Compiled in every build; holds no code.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <reent.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* The same names: a number that differs from <errno.h> is a redefinition, which is an error here. */
#include <errno.h>

#include "abi/abi.h"
#include "abi/errno.h"
#include "machine.h"

#define SAME_AS(abi, posix) _Static_assert((abi) == (posix), #abi " and " #posix " differ")
#define SAME(name) SAME_AS(ABI_##name, name)
#define SAME_SIZE(abi, posix) _Static_assert(sizeof(abi) == sizeof(posix), #abi " and " #posix " differ in size")
#define SAME_FIELD(abi, posix, field)                                                                        \
	_Static_assert(offsetof(abi, field) == offsetof(posix, field) &&                                     \
			       sizeof(((abi *)0)->field) == sizeof(((posix *)0)->field),                     \
		       #abi " and " #posix " differ in " #field)

SAME(PATH_MAX);
SAME(NAME_MAX);
SAME(PIPE_BUF);
SAME(OPEN_MAX);
SAME(VFORKSAN_OFF);
SAME(VFORKSAN_ON);
SAME(VFORKSAN_QUERY);
SAME(ARG_MAX);
SAME(SYMLOOP_MAX);

SAME(RLIMIT_CPU);
SAME(RLIMIT_FSIZE);
SAME(RLIMIT_DATA);
SAME(RLIMIT_STACK);
SAME(RLIMIT_CORE);
SAME(RLIMIT_NPROC);
SAME(RLIMIT_NOFILE);
SAME(RLIMIT_AS);
SAME(RLIM_INFINITY);
SAME(SIGXCPU);
SAME(SIGXFSZ);
SAME_AS(ABI_RLIMITS, RLIM_NLIMITS);
SAME_SIZE(struct abi_rlimit, struct rlimit);
SAME_FIELD(struct abi_rlimit, struct rlimit, rlim_cur);
SAME_FIELD(struct abi_rlimit, struct rlimit, rlim_max);

SAME(O_RDONLY);
SAME(O_WRONLY);
SAME(O_RDWR);
SAME(O_ACCMODE);
SAME(O_APPEND);
SAME(O_CREAT);
SAME(O_TRUNC);
SAME(O_EXCL);
SAME(O_NONBLOCK);
SAME(O_NOCTTY);
SAME(O_CLOEXEC);
SAME(O_NOFOLLOW);
SAME(O_DIRECTORY);

SAME(F_DUPFD);
SAME(F_GETFD);
SAME(F_SETFD);
SAME(F_GETFL);
SAME(F_SETFL);
SAME(F_DUPFD_CLOEXEC);
SAME(FD_CLOEXEC);
SAME(SEEK_SET);
SAME(SEEK_CUR);
SAME(SEEK_END);
SAME(F_OK);
SAME(R_OK);
SAME(W_OK);
SAME(X_OK);

SAME(S_IFMT);
SAME(S_IFIFO);
SAME(S_IFCHR);
SAME(S_IFDIR);
SAME(S_IFBLK);
SAME(S_IFREG);
SAME(S_IFLNK);

SAME(DT_UNKNOWN);
SAME(DT_FIFO);
SAME(DT_CHR);
SAME(DT_DIR);
SAME(DT_BLK);
SAME(DT_REG);
SAME(DT_LNK);

SAME(SIGHUP);
SAME(SIGINT);
SAME(SIGQUIT);
SAME(SIGILL);
SAME(SIGTRAP);
SAME(SIGABRT);
SAME(SIGFPE);
SAME(SIGKILL);
SAME(SIGBUS);
SAME(SIGSEGV);
SAME(SIGSYS);
SAME(SIGPIPE);
SAME(SIGALRM);
SAME(SIGTERM);
SAME(SIGURG);
SAME(SIGSTOP);
SAME(SIGTSTP);
SAME(SIGCONT);
SAME(SIGCHLD);
SAME(SIGTTIN);
SAME(SIGTTOU);
SAME(SIGWINCH);
SAME(SIGUSR1);
SAME(SIGUSR2);
SAME_AS(ABI_NSIG, NSIG);
SAME_AS(ABI_SIG_DFL, (long)SIG_DFL);
SAME_AS(ABI_SIG_IGN, (long)SIG_IGN);
SAME(SIGRTMIN);
SAME(SIGRTMAX);
SAME_SIZE(abi_sigset, sigset_t);
SAME_AS(_Alignof(abi_sigset), _Alignof(sigset_t));
SAME(SIG_BLOCK);
SAME(SIG_UNBLOCK);
SAME(SIG_SETMASK);
SAME(SA_NOCLDSTOP);
SAME(SA_SIGINFO);
SAME(SA_ONSTACK);
SAME(SA_RESTART);
SAME(SA_NOCLDWAIT);
SAME(SA_NODEFER);
SAME(SA_RESETHAND);
SAME(SI_USER);
SAME(SI_QUEUE);
SAME(SI_TIMER);
SAME(SI_KERNEL);
SAME(SEGV_MAPERR);
SAME(SEGV_ACCERR);
SAME(BUS_ADRALN);
SAME(ILL_ILLOPC);
SAME(TRAP_BRKPT);
SAME(CLD_EXITED);
SAME(CLD_KILLED);
SAME(CLD_STOPPED);
SAME(CLD_CONTINUED);
SAME(SS_ONSTACK);
SAME(SS_DISABLE);
SAME(MINSIGSTKSZ);
SAME(ITIMER_REAL);

SAME(WNOHANG);
SAME(WUNTRACED);
SAME(WSTOPPED);
SAME(WEXITED);
SAME(WCONTINUED);
SAME(WNOWAIT);
SAME(P_ALL);
SAME(P_PID);
SAME(P_PGID);
_Static_assert(WIFCONTINUED(ABI_W_CONTINUED_STATUS), "WIFCONTINUED");
SAME(CLOCK_REALTIME);
SAME(CLOCK_PROCESS_CPUTIME_ID);
SAME(CLOCK_MONOTONIC);
SAME_AS(ABI_REBOOT_POWEROFF, RB_POWER_OFF);
SAME_AS(ABI_REBOOT_RESTART, RB_AUTOBOOT);

SAME(TCGETS);
SAME(TCSETS);
SAME(TCSETSW);
SAME(TCSETSF);
SAME(TCSBRK);
SAME(TCXONC);
SAME(TCFLSH);
SAME(TIOCSCTTY);
SAME(TIOCGPGRP);
SAME(TIOCSPGRP);
SAME(TIOCGWINSZ);
SAME(TIOCSWINSZ);
SAME(FIONREAD);
SAME(TIOCNOTTY);
SAME(TIOCGSID);
SAME(TIOCGPTN);
SAME(TIOCSPTLCK);
SAME(IGNBRK);
SAME(BRKINT);
SAME(IGNPAR);
SAME(PARMRK);
SAME(INPCK);
SAME(ISTRIP);
SAME(INLCR);
SAME(IGNCR);
SAME(ICRNL);
SAME(IXON);
SAME(IXANY);
SAME(IXOFF);
SAME(IUTF8);
SAME(OPOST);
SAME(ONLCR);
SAME(OCRNL);
SAME(ONOCR);
SAME(ONLRET);
SAME(TABDLY);
SAME(TAB3);
SAME(B115200);
SAME(CS8);
SAME(CREAD);
SAME(ISIG);
SAME(ICANON);
SAME(ECHO);
SAME(ECHOE);
SAME(ECHOK);
SAME(ECHONL);
SAME(NOFLSH);
SAME(TOSTOP);
SAME(IEXTEN);
SAME(VINTR);
SAME(VQUIT);
SAME(VERASE);
SAME(VKILL);
SAME(VEOF);
SAME(VTIME);
SAME(VMIN);
SAME(VSTART);
SAME(VSTOP);
SAME(VSUSP);
SAME(VEOL);
SAME(TCOOFF);
SAME(TCOON);
SAME(TCIOFF);
SAME(TCION);
SAME(TCIFLUSH);
SAME(TCOFLUSH);
SAME(TCIOFLUSH);
SAME(POLLIN);
SAME(POLLOUT);
SAME(POLLERR);
SAME(POLLHUP);
SAME(POLLNVAL);
SAME_AS(ABI_NCCS, NCCS);

SAME_SIZE(struct abi_timespec, struct timespec);
SAME_FIELD(struct abi_timespec, struct timespec, tv_sec);
SAME_FIELD(struct abi_timespec, struct timespec, tv_nsec);

SAME_SIZE(struct abi_stat, struct stat);
SAME_FIELD(struct abi_stat, struct stat, st_dev);
SAME_FIELD(struct abi_stat, struct stat, st_ino);
SAME_FIELD(struct abi_stat, struct stat, st_mode);
SAME_FIELD(struct abi_stat, struct stat, st_nlink);
SAME_FIELD(struct abi_stat, struct stat, st_uid);
SAME_FIELD(struct abi_stat, struct stat, st_gid);
SAME_FIELD(struct abi_stat, struct stat, st_rdev);
SAME_FIELD(struct abi_stat, struct stat, st_size);
SAME_FIELD(struct abi_stat, struct stat, st_atim);
SAME_FIELD(struct abi_stat, struct stat, st_mtim);
SAME_FIELD(struct abi_stat, struct stat, st_ctim);
SAME_FIELD(struct abi_stat, struct stat, st_blksize);
SAME_FIELD(struct abi_stat, struct stat, st_blocks);

SAME_FIELD(struct abi_dirent, struct dirent, d_ino);
SAME_FIELD(struct abi_dirent, struct dirent, d_reclen);
SAME_FIELD(struct abi_dirent, struct dirent, d_type);
SAME_AS(offsetof(struct abi_dirent, d_name), offsetof(struct dirent, d_name));

SAME_SIZE(struct abi_utsname, struct utsname);
SAME_FIELD(struct abi_utsname, struct utsname, nodename);
SAME_FIELD(struct abi_utsname, struct utsname, release);
SAME_FIELD(struct abi_utsname, struct utsname, version);
SAME_FIELD(struct abi_utsname, struct utsname, machine);

SAME_SIZE(struct abi_rusage, struct rusage);
SAME_FIELD(struct abi_rusage, struct rusage, ru_utime);
SAME_FIELD(struct abi_rusage, struct rusage, ru_stime);
SAME(RUSAGE_SELF);
SAME(RUSAGE_CHILDREN);

SAME(SCHED_OTHER);
SAME(SCHED_FIFO);
SAME(SCHED_RR);
SAME(PRIO_PROCESS);
SAME(PRIO_PGRP);
SAME(PRIO_USER);
SAME_AS(ABI_NICE_MIN, PRIO_MIN);
SAME_AS(ABI_NICE_MAX, PRIO_MAX);
/* The kernel takes the priority alone. */
SAME_AS(offsetof(struct sched_param, sched_priority), 0);
SAME_SIZE(int, struct sched_param);

SAME_SIZE(struct abi_siginfo, siginfo_t);
SAME_FIELD(struct abi_siginfo, siginfo_t, si_signo);
SAME_FIELD(struct abi_siginfo, siginfo_t, si_code);
SAME_FIELD(struct abi_siginfo, siginfo_t, si_errno);
SAME_FIELD(struct abi_siginfo, siginfo_t, si_pid);
SAME_FIELD(struct abi_siginfo, siginfo_t, si_uid);
SAME_FIELD(struct abi_siginfo, siginfo_t, si_status);
SAME_FIELD(struct abi_siginfo, siginfo_t, si_addr);
SAME_FIELD(struct abi_siginfo, siginfo_t, si_value);

SAME_SIZE(struct abi_stack, stack_t);
SAME_FIELD(struct abi_stack, stack_t, ss_sp);
SAME_FIELD(struct abi_stack, stack_t, ss_flags);
SAME_FIELD(struct abi_stack, stack_t, ss_size);

SAME_SIZE(struct abi_ucontext, ucontext_t);
SAME_FIELD(struct abi_ucontext, ucontext_t, uc_link);
SAME_FIELD(struct abi_ucontext, ucontext_t, uc_stack);
SAME_FIELD(struct abi_ucontext, ucontext_t, uc_sigmask);
SAME_AS(offsetof(struct abi_ucontext, uc_regs), offsetof(ucontext_t, uc_mcontext));
SAME_AS(sizeof((struct abi_ucontext){0}.uc_regs), sizeof(mcontext_t));

SAME_SIZE(struct abi_timeval, struct timeval);
SAME_FIELD(struct abi_timeval, struct timeval, tv_sec);
SAME_FIELD(struct abi_timeval, struct timeval, tv_usec);
SAME_SIZE(struct abi_itimerval, struct itimerval);
SAME_FIELD(struct abi_itimerval, struct itimerval, it_interval);
SAME_FIELD(struct abi_itimerval, struct itimerval, it_value);

SAME_SIZE(struct abi_termios, struct termios);
SAME_FIELD(struct abi_termios, struct termios, c_lflag);
SAME_FIELD(struct abi_termios, struct termios, c_cc);

SAME_SIZE(struct abi_winsize, struct winsize);

#include <mtd/mtd-user.h>
SAME(MEMGETINFO);
SAME(MEMERASE);
SAME(MTD_NORFLASH);
SAME(MTD_CAP_NORFLASH);
SAME_SIZE(struct abi_mtd_info, struct mtd_info_user);
SAME_FIELD(struct abi_mtd_info, struct mtd_info_user, size);
SAME_FIELD(struct abi_mtd_info, struct mtd_info_user, name);
SAME_SIZE(struct abi_mtd_erase, struct erase_info_user);

SAME_SIZE(struct abi_pollfd, struct pollfd);
SAME_FIELD(struct abi_pollfd, struct pollfd, fd);
SAME_FIELD(struct abi_pollfd, struct pollfd, events);
SAME_FIELD(struct abi_pollfd, struct pollfd, revents);

/* The GOT, the call that sets errno and the stubs assume that a long is a register and a pointer. */
_Static_assert(sizeof(long) == sizeof(void *), "a pointer fits a long");

/* The frame of a handler as proc/sigdeliver.c lays it out, and as syscall/restorer.S finds its way in it. */
struct sigframe {
	struct abi_siginfo info;
	struct abi_ucontext context;
};
SAME_AS(offsetof(struct sigframe, context), SIGFRAME_CONTEXT);

_Static_assert(sizeof(struct _reent) == REENT_SIZE, "crt0 makes the first thread's");
_Static_assert(offsetof(struct _reent, _stdin) == REENT_STREAMS && offsetof(struct _reent, _stderr) == REENT_STREAMS + 2 * WORD,
	       "crt0 sets the streams");
