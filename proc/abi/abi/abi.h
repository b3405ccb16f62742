/*
 * What the kernel and the C library share besides the table of system calls: constants and structures, with newlib's values.
 * The names carry an ABI_ prefix so that the kernel also compiles natively, beside the host's own headers.
 * libc-glue asserts that each value equals the one in the POSIX header that programs see.
 */
#pragma once

#include <stdint.h>

/* Limits (also in <limits.h> of the SDK). */
#define ABI_PATH_MAX 256 /* bytes of a path, its NUL included */
#define ABI_NAME_MAX 63  /* bytes of one component, without NUL */
#define ABI_PIPE_BUF 512 /* a write up to this size is not split by other writers' data */
#define ABI_OPEN_MAX 64  /* descriptors of one process */
#define ABI_ARG_MAX 4096 /* bytes that the strings and pointers of argv and envp may take in a new program */
#define ABI_SYMLOOP_MAX 8

/* open() */
#define ABI_O_RDONLY 0
#define ABI_O_WRONLY 1
#define ABI_O_RDWR 2
#define ABI_O_ACCMODE 3
#define ABI_O_APPEND 0x0008
#define ABI_O_CREAT 0x0200
#define ABI_O_TRUNC 0x0400
#define ABI_O_EXCL 0x0800
#define ABI_O_NONBLOCK 0x4000
#define ABI_O_NOCTTY 0x8000
#define ABI_O_CLOEXEC 0x40000
#define ABI_O_NOFOLLOW 0x100000
#define ABI_O_DIRECTORY 0x200000

/* fcntl() */
#define ABI_F_DUPFD 0
#define ABI_F_GETFD 1
#define ABI_F_SETFD 2
#define ABI_F_GETFL 3
#define ABI_F_SETFL 4
#define ABI_F_DUPFD_CLOEXEC 14
#define ABI_FD_CLOEXEC 1

#define ABI_SEEK_SET 0
#define ABI_SEEK_CUR 1
#define ABI_SEEK_END 2

/* access() */
#define ABI_F_OK 0
#define ABI_R_OK 4
#define ABI_W_OK 2
#define ABI_X_OK 1

/* st_mode */
#define ABI_S_IFMT 0170000
#define ABI_S_IFIFO 0010000
#define ABI_S_IFCHR 0020000
#define ABI_S_IFDIR 0040000
#define ABI_S_IFBLK 0060000
#define ABI_S_IFREG 0100000
#define ABI_S_IFLNK 0120000

/* A point in time or a span; the layout of newlib's struct timespec on both widths (time_t has 64 bits). */
struct abi_timespec {
	int64_t tv_sec;
	long tv_nsec;
};

/* The layout of struct stat in the SDK (libc-glue overlays newlib's <machine/_types.h> so that ino_t has 32 bits). */
struct abi_stat {
	int16_t st_dev;
	uint32_t st_ino;
	uint32_t st_mode;
	uint16_t st_nlink;
	uint16_t st_uid;
	uint16_t st_gid;
	int16_t st_rdev;
	long st_size;
	struct abi_timespec st_atim;
	struct abi_timespec st_mtim;
	struct abi_timespec st_ctim;
	long st_blksize;
	long st_blocks;
	long st_spare4[2];
};

/* One entry of getdents: a struct this long, d_reclen apart, NUL-terminated name; d_type as DT_* of <dirent.h>. */
struct abi_dirent {
	uint32_t d_ino;
	uint16_t d_reclen; /* a multiple of 4: offsetof(d_name) + name + NUL, rounded up */
	uint8_t d_type;
	char d_name[];
};
#define ABI_DT_UNKNOWN 0
#define ABI_DT_FIFO 1
#define ABI_DT_CHR 2
#define ABI_DT_DIR 4
#define ABI_DT_BLK 6
#define ABI_DT_REG 8
#define ABI_DT_LNK 10

struct abi_utsname {
	char sysname[16], nodename[16], release[16], version[48], machine[16];
};

/* Accounting of waitpid's child and of times(): microseconds of CPU. */
struct abi_rusage {
	struct { int64_t tv_sec; long tv_usec; } ru_utime, ru_stime;
};
#define ABI_RUSAGE_SELF 0
#define ABI_RUSAGE_CHILDREN (-1)

/* Resource limits: Linux's numbers where newlib has none. */
struct abi_rlimit {
	unsigned long rlim_cur, rlim_max;
};
#define ABI_RLIM_INFINITY (~0ul)
#define ABI_RLIMIT_CPU 0    /* seconds of processor time */
#define ABI_RLIMIT_FSIZE 1  /* bytes of a file that is written */
#define ABI_RLIMIT_DATA 2   /* bytes of data, bss and heap */
#define ABI_RLIMIT_STACK 3  /* bytes of stack that a program may ask for */
#define ABI_RLIMIT_CORE 4   /* bytes of a core file; there are none */
#define ABI_RLIMIT_NPROC 5  /* processes of the user */
#define ABI_RLIMIT_NOFILE 6 /* one more than the highest descriptor */
#define ABI_RLIMIT_AS 7     /* bytes of stack, data, bss and heap */
#define ABI_RLIMITS 8

/* setids() */
#define ABI_ID_USER 0
#define ABI_ID_GROUP 1

/* Scheduling policies, priorities of the real-time ones, and the time slice of SCHED_RR and SCHED_OTHER. */
#define ABI_SCHED_OTHER 0
#define ABI_SCHED_FIFO 1
#define ABI_SCHED_RR 2
#define ABI_SCHED_PRIORITY_MIN 1
#define ABI_SCHED_PRIORITY_MAX 11
#define ABI_SCHED_SLICE_NS 10000000

/* setpriority(): which processes, and the range of nice values. */
#define ABI_PRIO_PROCESS 0
#define ABI_PRIO_PGRP 1
#define ABI_PRIO_USER 2
#define ABI_NICE_MIN (-20)
#define ABI_NICE_MAX 19

/* Signals, newlib's numbers. */
#define ABI_SIGHUP 1
#define ABI_SIGINT 2
#define ABI_SIGQUIT 3
#define ABI_SIGILL 4
#define ABI_SIGTRAP 5
#define ABI_SIGABRT 6
#define ABI_SIGFPE 8
#define ABI_SIGKILL 9
#define ABI_SIGBUS 10
#define ABI_SIGSEGV 11
#define ABI_SIGSYS 12
#define ABI_SIGPIPE 13
#define ABI_SIGALRM 14
#define ABI_SIGTERM 15
#define ABI_SIGURG 16
#define ABI_SIGSTOP 17
#define ABI_SIGTSTP 18
#define ABI_SIGCONT 19
#define ABI_SIGCHLD 20
#define ABI_SIGTTIN 21
#define ABI_SIGTTOU 22
#define ABI_SIGXCPU 24
#define ABI_SIGXFSZ 25
#define ABI_SIGWINCH 28
#define ABI_SIGUSR1 30
#define ABI_SIGUSR2 31
#define ABI_SIGRTMIN 32
#define ABI_SIGRTMAX 63
#define ABI_NSIG 64
#define ABI_SIG_DFL 0
#define ABI_SIG_IGN 1

/* A set of signals: bit n is signal n. */
typedef uint64_t abi_sigset;

#define ABI_SA_NOCLDSTOP 0x01
#define ABI_SA_SIGINFO 0x02
#define ABI_SA_ONSTACK 0x04
#define ABI_SA_RESTART 0x10
#define ABI_SA_NOCLDWAIT 0x20
#define ABI_SA_NODEFER 0x40
#define ABI_SA_RESETHAND 0x80

struct abi_sigaction {
	uintptr_t handler;  /* ABI_SIG_DFL, ABI_SIG_IGN or a function */
	uintptr_t restorer; /* where a handler returns to: code that makes the system call sigreturn */
	uint32_t flags;
	abi_sigset mask;
};

#define ABI_SIG_BLOCK 1
#define ABI_SIG_UNBLOCK 2
#define ABI_SIG_SETMASK 0

/* Unlike newlib's, distinct from the codes of single signals below (POSIX 2.4.3); only the kernel sends positive ones. */
#define ABI_SI_USER 0
#define ABI_SI_QUEUE (-1)
#define ABI_SI_TIMER (-2)
#define ABI_SI_KERNEL 128
#define ABI_SEGV_MAPERR 1
#define ABI_SEGV_ACCERR 2
#define ABI_BUS_ADRALN 1
#define ABI_ILL_ILLOPC 1
#define ABI_TRAP_BRKPT 1
#define ABI_CLD_EXITED 1
#define ABI_CLD_KILLED 2
#define ABI_CLD_STOPPED 5
#define ABI_CLD_CONTINUED 6

struct abi_siginfo {
	int si_signo, si_code, si_errno;
	int si_pid, si_uid, si_status;
	uintptr_t si_addr;
	uintptr_t si_value;
};

struct abi_stack {
	uintptr_t ss_sp;
	int ss_flags;
	uintptr_t ss_size;
};
#define ABI_SS_ONSTACK 1
#define ABI_SS_DISABLE 2
#define ABI_MINSIGSTKSZ 768

/* What a handler gets as its third argument, and sigreturn takes back. Registers: pc, x1 .. x31. */
struct abi_ucontext {
	uintptr_t uc_link;
	struct abi_stack uc_stack;
	abi_sigset uc_sigmask;
	uintptr_t uc_regs[32];
};

#define ABI_ITIMER_REAL 0
struct abi_timeval {
	int64_t tv_sec;
	long tv_usec;
};
struct abi_itimerval {
	struct abi_timeval it_interval, it_value;
};

/* vforkx(): Solaris's flags, and one of ours: the child has the default action for what its parent catches. */
#define ABI_FORK_NOSIGCHLD 0x0001
#define ABI_FORK_WAITPID 0x0002
#define ABI_FORK_SIGDFL 0x1000

/* exit(): the second argument of a call that exit(3) makes; the third is where exit(3) would return. */
#define ABI_EXIT_LIBRARY 0x5eed0000

/* vforksan() */
#define ABI_VFORKSAN_OFF 0
#define ABI_VFORKSAN_ON 1
#define ABI_VFORKSAN_QUERY 2

/* waitpid(): options, and the status word (exit code << 8, or the signal's number in the low 7 bits). */
#define ABI_WNOHANG 1
#define ABI_WUNTRACED 2
#define ABI_WSTOPPED ABI_WUNTRACED
#define ABI_WEXITED 4
#define ABI_WCONTINUED 8
#define ABI_WNOWAIT 16
#define ABI_W_CONTINUED_STATUS 0xffff
#define ABI_P_ALL 0
#define ABI_P_PID 1
#define ABI_P_PGID 2

#define ABI_CLOCK_REALTIME 1
#define ABI_CLOCK_PROCESS_CPUTIME_ID 2
#define ABI_CLOCK_THREAD_CPUTIME_ID 3
#define ABI_CLOCK_MONOTONIC 4
#define ABI_CLOCK_RESOLUTION 0x100 /* with a clock: how fine it is, not what it shows */

/* thread_create(): where the thread begins, with which argument, stack pointer (a multiple of 16 in the caller's memory) and thread pointer. */
struct abi_thread {
	uintptr_t entry, argument, sp, tp;
	int policy, priority; /* ABI_SCHED_*; ABI_THREAD_INHERIT: both are the caller's */
};
#define ABI_THREAD_INHERIT (-1)

/* A lock with priority inheritance is a word: 0 when it is free, or the thread id of its holder, with this bit while others wait for it. */
#define ABI_FUTEX_WAITERS 0x80000000u

/* ioctl() of a named semaphore: its value (argument: int *), and a wait until a point in time (ETIMEDOUT). */
#define ABI_SEM_GETVALUE 0x5301
#define ABI_SEM_TIMEDWAIT 0x5302
struct abi_sem_wait {
	struct abi_timespec deadline;
	int clock; /* ABI_CLOCK_REALTIME, ABI_CLOCK_MONOTONIC */
};

/* reboot(): end the machine; the exit code reaches the emulator where the board has a way. */
#define ABI_REBOOT_POWEROFF 0
#define ABI_REBOOT_RESTART 1

/* ioctl() requests of flash partitions, with Linux's numbers, and what they take (mtd(4)). */
#define ABI_MEMGETINFO 0x4d01
#define ABI_MEMERASE 0x4d02
#define ABI_MTD_NORFLASH 3
#define ABI_MTD_CAP_NORFLASH 0xc00
struct abi_mtd_info {
	uint8_t type;
	uint32_t flags; /* 0: programs may not write the partition */
	uint32_t size, erasesize, writesize, oobsize;
	char name[16]; /* not in Linux */
};
struct abi_mtd_erase {
	uint32_t start, length;
};

/* ioctl() requests and the terminal structure; bits of <termios.h> as libc-glue defines them (Linux's values). */
#define ABI_TCGETS 0x5401
#define ABI_TCSETS 0x5402
#define ABI_TCSETSW 0x5403
#define ABI_TCSETSF 0x5404
#define ABI_TCSBRK 0x5409
#define ABI_TCXONC 0x540a
#define ABI_TCFLSH 0x540b
#define ABI_TIOCSCTTY 0x540e
#define ABI_TIOCGPGRP 0x540f
#define ABI_TIOCSPGRP 0x5410
#define ABI_TIOCGWINSZ 0x5413
#define ABI_TIOCSWINSZ 0x5414
#define ABI_FIONREAD 0x541b
#define ABI_TIOCNOTTY 0x5422
#define ABI_TIOCGSID 0x5429
#define ABI_TIOCGPTN 0x80045430u
#define ABI_TIOCSPTLCK 0x40045431u
#define ABI_NCCS 16
struct abi_termios {
	uint32_t c_iflag, c_oflag, c_cflag, c_lflag;
	uint8_t c_cc[ABI_NCCS];
};
#define ABI_IGNBRK 0000001
#define ABI_BRKINT 0000002
#define ABI_IGNPAR 0000004
#define ABI_PARMRK 0000010
#define ABI_INPCK 0000020
#define ABI_ISTRIP 0000040
#define ABI_INLCR 0000100
#define ABI_IGNCR 0000200
#define ABI_ICRNL 0000400
#define ABI_IXON 0002000
#define ABI_IXANY 0004000
#define ABI_IXOFF 0010000
#define ABI_IUTF8 0040000
#define ABI_OPOST 0000001
#define ABI_ONLCR 0000004
#define ABI_OCRNL 0000010
#define ABI_ONOCR 0000020
#define ABI_ONLRET 0000040
#define ABI_TABDLY 0014000
#define ABI_TAB3 0014000
#define ABI_B115200 0010002
#define ABI_CS8 0000060
#define ABI_CREAD 0000200
#define ABI_ISIG 0000001
#define ABI_ICANON 0000002
#define ABI_ECHO 0000010
#define ABI_ECHOE 0000020
#define ABI_ECHOK 0000040
#define ABI_ECHONL 0000100
#define ABI_NOFLSH 0000200
#define ABI_TOSTOP 0000400
#define ABI_IEXTEN 0100000
#define ABI_VINTR 0
#define ABI_VQUIT 1
#define ABI_VERASE 2
#define ABI_VKILL 3
#define ABI_VEOF 4
#define ABI_VTIME 5
#define ABI_VMIN 6
#define ABI_VSTART 8
#define ABI_VSTOP 9
#define ABI_VSUSP 10
#define ABI_VEOL 11
/* What tcflow, and what tcflush is to act on. */
#define ABI_TCOOFF 0
#define ABI_TCOON 1
#define ABI_TCIOFF 2
#define ABI_TCION 3
#define ABI_TCIFLUSH 0
#define ABI_TCOFLUSH 1
#define ABI_TCIOFLUSH 2
struct abi_winsize {
	uint16_t ws_row, ws_col, ws_xpixel, ws_ypixel;
};

/* poll(): the layout of struct pollfd. */
#define ABI_POLLIN 0x01
#define ABI_POLLOUT 0x04
#define ABI_POLLERR 0x08
#define ABI_POLLHUP 0x10
#define ABI_POLLNVAL 0x20
struct abi_pollfd {
	int fd;
	int16_t events, revents;
};
