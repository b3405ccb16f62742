/*
 * The sections ERRORS of docs/man/ *.2, tried: each GIVES makes a call fail and compares errno with what the page says. Prints what differs
 * and ends with the number of differences. Needs an empty /tmp. What has to do with memory running out is in tests/target.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define GIVES(error, call) compare(#call, (call) == -1, error)
#define ARGUMENTS_TOO_MANY (ARG_MAX / 4)

/* No address of a program; volatile so that the compiler does not see through it. */
static void *volatile nowhere = (void *)1;
static int differences, tried;
static char name_too_long[NAME_MAX + 2];

static void compare(const char *call, int failed, int expected)
{
	tried++;
	if (!failed || errno != expected) {
		printf("%s: %s, not %s\n", call, failed ? strerror(errno) : "success", strerror(expected));
		differences++;
	}
	errno = 0;
}

static int opened(const char *path, int flags)
{
	int fd = open(path, flags, 0755);

	if (fd < 0) {
		printf("cannot open %s\n", path);
		differences++;
	}
	return fd;
}

/* An executable file. */
static void make_file(const char *path, const void *content, size_t size)
{
	int fd = opened(path, O_WRONLY | O_CREAT | O_TRUNC);

	write(fd, content, size);
	close(fd);
}

static void paths(void)
{
	struct stat st;

	GIVES(EFAULT, open(nowhere, O_RDONLY));
	GIVES(ELOOP, open("/proc/self", O_RDONLY | O_NOFOLLOW));
	GIVES(ENAMETOOLONG, open(name_too_long, O_RDONLY));
	GIVES(ENOENT, open("", O_RDONLY));
	GIVES(ENOENT, stat("/tmp/none", &st));
	GIVES(ENOTDIR, open("/bin/sh/x", O_RDONLY));
	GIVES(EFAULT, stat("/", nowhere));
	GIVES(EBADF, fstat(OPEN_MAX - 1, &st));
}

static void opening(void)
{
	GIVES(EACCES, open("/proc/meminfo", O_WRONLY));
	GIVES(EEXIST, open("/tmp/file", O_RDONLY | O_CREAT | O_EXCL, 0));
	GIVES(EINVAL, open("/tmp", O_ACCMODE));
	GIVES(EISDIR, open("/tmp", O_RDWR));
	GIVES(EISDIR, open("/tmp/new/", O_RDWR | O_CREAT, 0));
	GIVES(ENOTDIR, open("/tmp/file", O_RDONLY | O_DIRECTORY));
	GIVES(EROFS, open("/bin/sh", O_RDWR));
	GIVES(EROFS, open("/new", O_RDWR | O_CREAT, 0));
}

static void reading_and_writing(int file)
{
	int directory = opened("/tmp", O_RDONLY), memfail = opened("/proc/memfail", O_WRONLY);
	char byte = 'x';

	GIVES(EBADF, read(OPEN_MAX - 1, &byte, 1));
	GIVES(EBADF, read(memfail, &byte, 1));
	GIVES(EFAULT, read(file, nowhere, 1));
	GIVES(EISDIR, read(directory, &byte, 1));
	GIVES(EBADF, write(directory, &byte, 1));
	GIVES(EFAULT, write(file, nowhere, 1));
	GIVES(EINVAL, write(memfail, &byte, 1));
	GIVES(ENOSPC, write(opened("/dev/full", O_WRONLY), &byte, 1));
	GIVES(EINVAL, lseek(file, -1, SEEK_SET));
	GIVES(EINVAL, lseek(file, 0, 9));
	lseek(file, 1, SEEK_SET);
	GIVES(EOVERFLOW, lseek(file, LONG_MAX, SEEK_CUR));
	lseek(file, LONG_MAX, SEEK_SET);
	GIVES(EFBIG, write(file, &byte, 1));
}

static void descriptors(void)
{
	int pipe_fds[2] = { -1, -1 };
	char byte;

	GIVES(EBADF, close(OPEN_MAX - 1));
	GIVES(EBADF, dup(-1));
	GIVES(EBADF, dup2(0, OPEN_MAX));
	GIVES(EINVAL, dup3(0, 0, 0));
	GIVES(EINVAL, fcntl(0, F_DUPFD, OPEN_MAX));
	GIVES(EINVAL, fcntl(0, 99));
	GIVES(EINVAL, pipe2(pipe_fds, O_RDWR));
	GIVES(EFAULT, pipe2(nowhere, 0));
	pipe2(pipe_fds, O_NONBLOCK);
	GIVES(EAGAIN, read(pipe_fds[0], &byte, 1));
	GIVES(ESPIPE, lseek(pipe_fds[0], 0, SEEK_SET));
	GIVES(EINVAL, ftruncate(pipe_fds[1], 0));
	signal(SIGPIPE, SIG_IGN);
	close(pipe_fds[0]);
	GIVES(EPIPE, write(pipe_fds[1], "", 1));
	close(pipe_fds[1]);
}

static void files(int file)
{
	struct termios termios;
	char bytes[64];

	GIVES(EACCES, access("/etc/motd", X_OK));
	GIVES(EROFS, access("/etc/motd", W_OK));
	GIVES(EINVAL, access("/", 8));
	GIVES(EROFS, chmod("/bin/sh", 0));
	GIVES(EINVAL, readlink("/tmp/file", bytes, sizeof bytes));
	GIVES(EINVAL, readlink("/proc/self", bytes, 0));
	GIVES(EINVAL, ftruncate(file, -1));
	GIVES(EINVAL, ftruncate(opened("/tmp/file", O_RDONLY), 1));
	GIVES(ENOTTY, ioctl(file, TCGETS, &termios));
	GIVES(ENOTDIR, getdents(file, bytes, sizeof bytes));
	GIVES(EINVAL, getdents(opened("/", O_RDONLY), bytes, 4));
}

static void directories(int file)
{
	char byte;

	GIVES(ENOTDIR, chdir("/bin/sh"));
	GIVES(ENOTDIR, fchdir(file));
	GIVES(ERANGE, getcwd(&byte, 1) ? 0 : -1);
	GIVES(EINVAL, getcwd(&byte, 0) ? 0 : -1);
	GIVES(EEXIST, mkdir("/tmp/folder", 0));
	GIVES(EROFS, mkdir("/new", 0));
	GIVES(EBUSY, rmdir("/tmp"));
	GIVES(EINVAL, rmdir("/tmp/folder/."));
	GIVES(ENOTDIR, rmdir("/tmp/file"));
	GIVES(ENOTEMPTY, rmdir("/tmp/folder"));
	GIVES(ENOTEMPTY, rmdir("/tmp/folder/.."));
	GIVES(EROFS, rmdir("/bin"));
	GIVES(EBUSY, unlink("/tmp"));
	GIVES(EPERM, unlink("/tmp/folder"));
	GIVES(EROFS, unlink("/bin/sh"));
}

static void renaming(void)
{
	GIVES(EBUSY, rename("/tmp", "/new"));
	GIVES(EINVAL, rename("/tmp/folder", "/tmp/folder/inner/new"));
	GIVES(EINVAL, rename("/tmp/folder/.", "/tmp/new"));
	GIVES(EINVAL, rename("/", "/tmp/new"));
	GIVES(EISDIR, rename("/tmp/file", "/tmp/folder"));
	GIVES(ENOTDIR, rename("/tmp/folder/inner", "/tmp/file"));
	GIVES(ENOTDIR, rename("/tmp/file", "/tmp/new/"));
	GIVES(ENOTEMPTY, rename("/tmp/folder/inner", "/tmp/folder"));
	GIVES(EROFS, rename("/bin/sh", "/bin/new"));
	GIVES(EXDEV, rename("/tmp/file", "/new"));
}

static void processes(void)
{
	struct timespec wrong = { .tv_nsec = 1000000000 };

	GIVES(ECHILD, waitpid(-1, NULL, 0));
	GIVES(EINVAL, waitpid(-1, NULL, 64));
	GIVES(EINVAL, kill(1, NSIG));
	GIVES(ESRCH, kill(SHRT_MAX, 0));
	GIVES(ESRCH, kill(-SHRT_MAX, 0));
	GIVES(EINVAL, killpg(-1, 0));
	GIVES(ESRCH, killpg(1, 0));
	GIVES(ECHILD, waitpid(0, NULL, 0));
	GIVES(ECHILD, waitpid(-SHRT_MAX, NULL, WNOHANG));
	GIVES(EINVAL, waitpid(-1, NULL, WNOWAIT));
	GIVES(ECHILD, waitid(P_PID, 1, NULL, WEXITED));
	GIVES(ECHILD, waitid(P_PGID, 0, NULL, WEXITED | WNOHANG));
	GIVES(EFAULT, waitid(P_ALL, 0, nowhere, WEXITED));
	GIVES(EINVAL, waitid(P_ALL, 0, NULL, WNOHANG));
	GIVES(EINVAL, waitid((idtype_t)3, 0, NULL, WEXITED));
	GIVES(EINVAL, sbrk(-1000000) == (void *)-1 ? -1 : 0);
	GIVES(ENOMEM, sbrk(LONG_MAX / 2) == (void *)-1 ? -1 : 0);
	GIVES(EINVAL, clock_gettime(99, &wrong));
	GIVES(EINVAL, clock_settime(CLOCK_MONOTONIC, &wrong));
	GIVES(EINVAL, nanosleep(&wrong, NULL));
	GIVES(EFAULT, nanosleep(nowhere, NULL));
}

static void signals(void)
{
	struct sigaction action = { .sa_handler = SIG_IGN };
	sigset_t set = 0;

	GIVES(EINVAL, signal(SIGKILL, SIG_IGN) == SIG_ERR ? -1 : 0);
	GIVES(EINVAL, sigaction(SIGSTOP, &action, NULL));
	GIVES(EINVAL, sigaction(NSIG, NULL, &action));
	GIVES(EINVAL, siginterrupt(0, 1));
	GIVES(EFAULT, sigprocmask(SIG_BLOCK, nowhere, NULL));
	GIVES(EINVAL, sigprocmask(99, &set, NULL));
	GIVES(EINVAL, sigaddset(&set, NSIG));
	GIVES(EFAULT, sigpending(nowhere));
	GIVES(EFAULT, sigsuspend(nowhere));
	GIVES(EINVAL, sigqueue(getpid(), NSIG, (union sigval){ 0 }));
	GIVES(ESRCH, sigqueue(0, 0, (union sigval){ 0 }));
	GIVES(ESRCH, sigqueue(SHRT_MAX, 0, (union sigval){ 0 }));
}

static void waiting_for_signals(void)
{
	struct timespec wrong = { .tv_nsec = 1000000000 }, none = { 0 };
	sigset_t set = (sigset_t)1 << SIGUSR1;

	GIVES(EAGAIN, sigtimedwait(&set, NULL, &none));
	GIVES(EFAULT, sigtimedwait(nowhere, NULL, &none));
	GIVES(EFAULT, sigtimedwait(&set, nowhere, &none));
	GIVES(EINVAL, sigtimedwait(&set, NULL, &wrong));
}

static void alternate_stacks_and_timers(void)
{
	static char bytes[MINSIGSTKSZ - 1];
	stack_t small = { .ss_sp = bytes, .ss_size = sizeof bytes }, odd = { .ss_flags = 4 };
	struct itimerval timer = { .it_value.tv_usec = 1000000 };

	GIVES(EFAULT, sigaltstack(nowhere, NULL));
	GIVES(EINVAL, sigaltstack(&odd, NULL));
	GIVES(ENOMEM, sigaltstack(&small, NULL));
	GIVES(EFAULT, getitimer(ITIMER_REAL, nowhere));
	GIVES(EINVAL, getitimer(99, &timer));
	GIVES(EFAULT, setitimer(ITIMER_REAL, nowhere, NULL));
	GIVES(EINVAL, setitimer(ITIMER_REAL, &timer, NULL));
}

/* Also a group leader, and its child that has called exec. */
static void groups(void)
{
	char *const arguments[] = { (char *)"sleep", (char *)"10", NULL };
	pid_t child;

	GIVES(EINVAL, setpgid(0, -1));
	GIVES(EPERM, setpgid(0, SHRT_MAX));
	GIVES(ESRCH, setpgid(SHRT_MAX, 0));
	GIVES(ESRCH, setpgid(1, 0));
	GIVES(ESRCH, getpgid(SHRT_MAX));
	GIVES(ESRCH, getsid(SHRT_MAX));
	setpgid(0, 0);
	GIVES(EPERM, setsid());
	child = vfork();
	if (child == 0) {
		execv("/bin/sleep", arguments);
		_exit(127);
	}
	GIVES(EACCES, setpgid(child, 0));
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static void scheduling(void)
{
	struct sched_param one = { .sched_priority = 1 }, twelve = { .sched_priority = 12 };
	struct rusage usage;

	GIVES(EFAULT, sched_setscheduler(0, SCHED_FIFO, nowhere));
	GIVES(EINVAL, sched_setscheduler(0, SCHED_RR, &twelve));
	GIVES(EINVAL, sched_setscheduler(0, 3, &one));
	GIVES(ESRCH, sched_setscheduler(SHRT_MAX, SCHED_RR, &one));
	GIVES(ESRCH, sched_getscheduler(SHRT_MAX));
	GIVES(EFAULT, sched_getparam(0, nowhere));
	GIVES(ESRCH, sched_getparam(SHRT_MAX, &one));
	GIVES(EINVAL, sched_setparam(0, &one)); /* SCHED_OTHER */
	GIVES(ESRCH, sched_setparam(SHRT_MAX, &one));
	GIVES(EINVAL, sched_get_priority_max(3));
	GIVES(EINVAL, setpriority(3, 0, 0));
	GIVES(ESRCH, setpriority(PRIO_USER, 1, 0));
	GIVES(EINVAL, getpriority(3, 0));
	GIVES(ESRCH, getpriority(PRIO_PROCESS, SHRT_MAX));
	GIVES(EFAULT, getrusage(RUSAGE_SELF, nowhere));
	GIVES(EINVAL, getrusage(1, &usage));
	GIVES(EINVAL, clock_getres(99, NULL));
	GIVES(EFAULT, clock_getres(CLOCK_MONOTONIC, nowhere));
}

static void programs(void)
{
	static char *many[ARGUMENTS_TOO_MANY + 1];
	char *const arguments[] = { (char *)"x", NULL };
	int writer;

	for (int i = 0; i < ARGUMENTS_TOO_MANY; i++)
		many[i] = (char *)"";
	make_file("/tmp/program", "bFLT", 4);
	make_file("/tmp/script", "#!/tmp/script\n", 14);
	GIVES(E2BIG, execve("/bin/sh", many, NULL));
	GIVES(EACCES, execve("/bin", arguments, NULL));
	GIVES(EACCES, execve("/etc/motd", arguments, NULL));
	GIVES(EFAULT, execve("/bin/sh", nowhere, NULL));
	GIVES(ENOENT, execve("/bin/none", arguments, NULL));
	GIVES(ENOEXEC, execve("/tmp/program", arguments, NULL));
	GIVES(ENOEXEC, execve("/tmp/script", arguments, NULL));
	writer = opened("/tmp/running", O_WRONLY | O_CREAT);
	for (int from = opened("/bin/true", O_RDONLY);;) {
		char bytes[128];
		ssize_t got = read(from, bytes, sizeof bytes);

		if (got <= 0)
			break;
		write(writer, bytes, (size_t)got);
	}
	GIVES(ETXTBSY, execve("/tmp/running", arguments, NULL));
	close(writer);
}

static void too_many_descriptors(void)
{
	int fds[2];

	while (dup(0) >= 0)
		;
	GIVES(EMFILE, dup(0));
	GIVES(EMFILE, fcntl(0, F_DUPFD, 3));
	GIVES(EMFILE, open("/dev/null", O_RDONLY));
	GIVES(EMFILE, pipe2(fds, 0));
}

int main(void)
{
	memset(name_too_long, 'n', sizeof name_too_long - 1);
	make_file("/tmp/file", "x", 1);
	mkdir("/tmp/folder", 0755);
	mkdir("/tmp/folder/inner", 0755);
	int file = opened("/tmp/file", O_RDWR);

	paths();
	opening();
	reading_and_writing(file);
	descriptors();
	files(file);
	directories(file);
	renaming();
	processes();
	signals();
	waiting_for_signals();
	alternate_stacks_and_timers();
	groups();
	scheduling();
	programs();
	too_many_descriptors();
	printf("%d errors tried\n", tried);
	return differences > 100 ? 100 : differences;
}
