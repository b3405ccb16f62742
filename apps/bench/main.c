/*
 * bench: instructions an operation takes, on average over some rounds and after some more to warm up. Prints lines
 * "name: N" that other programs can rely on.
 */
#include <alloca.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "msg.h"
#include "num.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "bench";
const char app_usage[] = "[-n ROUNDS] [NAME...] | soak exec|exit ROUNDS";

#define ROUNDS_DEFAULT 64
#define MORE_FDS 24
#define MORE_STACK 8192

/* In the order of `names`. */
enum name {
	GETPPID,
	WRITE_NULL,
	CHILD_EXIT,
	CHILD_EXEC,
	CHILD_EXEC_256K,
	PIPE,
	YIELD,
	HEAP_64K,
	HEAP_256K,
	HEAP_1M,
	FDS,
	STACK,
	KILL_SELF,
	SPAWN,
	PING_PONG,
	SEMAPHORE,
	THREAD,
	NAMES
};

static const char names[NAMES][28] = {
	"getppid",
	"write_null",
	"vfork_exit_wait",
	"vfork_exec_wait",
	"vfork_exec_wait_256k",
	"pipe_round_trip",
	"sched_yield",
	"vfork_exit_wait_heap64k",
	"vfork_exit_wait_heap256k",
	"vfork_exit_wait_heap1m",
	"vfork_exit_wait_24fds",
	"vfork_exit_wait_stack8k",
	"kill_self",
	"posix_spawn_wait",
	"sem_ping_pong",
	"sem_post_wait",
	"thread_create_join",
};

static const char *self = "/bin/bench";

int bench_child(const char *path)
{
	char *argv[] = {(char *)path, NULL};
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		if (path)
			execv(path, argv);
		_exit(path ? 127 : 0);
	}
	if (pid < 0)
		return msg_error("vfork");
	if (waitpid(pid, &status, 0) != pid)
		return msg_error("waitpid");
	return status == 0 ? 0 : msg_text(path ? path : "child", "did not end with status 0");
}

static int children(const char *path, unsigned long rounds, unsigned long *cycles)
{
	unsigned long start = bench_cycles();

	for (unsigned long i = 0; i < rounds; i++)
		if (bench_child(path) != 0)
			return 1;
	*cycles = bench_cycles() - start;
	return 0;
}

static int measure_getppid(unsigned long rounds, unsigned long *cycles)
{
	unsigned long start = bench_cycles();

	for (unsigned long i = 0; i < rounds; i++)
		getppid();
	*cycles = bench_cycles() - start;
	return 0;
}

static int measure_write(unsigned long rounds, unsigned long *cycles)
{
	int fd = open("/dev/null", O_WRONLY), failed = 0;
	unsigned long start;

	if (fd < 0)
		return msg_error("/dev/null");
	start = bench_cycles();
	for (unsigned long i = 0; i < rounds; i++)
		failed |= write(fd, "x", 1) != 1;
	*cycles = bench_cycles() - start;
	close(fd);
	return failed ? msg_error("/dev/null") : 0;
}

static int measure_heap(intptr_t more, unsigned long rounds, unsigned long *cycles)
{
	int r;

	if (sbrk(more) == (void *)-1)
		return msg_error("sbrk");
	r = children(NULL, rounds, cycles);
	sbrk(-more);
	return r;
}

static int measure_fds(unsigned long rounds, unsigned long *cycles)
{
	int fds[MORE_FDS], n, r = 1;

	for (n = 0; n < MORE_FDS; n++)
		if ((fds[n] = open("/dev/null", O_RDONLY)) < 0)
			break;
	if (n == MORE_FDS)
		r = children(NULL, rounds, cycles);
	else
		msg_error("/dev/null");
	while (n-- > 0)
		close(fds[n]);
	return r;
}

static int measure_stack(unsigned long rounds, unsigned long *cycles)
{
	volatile char *deeper = alloca(MORE_STACK);

	deeper[0] = 0;
	return children(NULL, rounds, cycles);
}

static int measure(enum name name, unsigned long rounds, unsigned long *cycles)
{
	switch (name) {
	case GETPPID:
		return measure_getppid(rounds, cycles);
	case WRITE_NULL:
		return measure_write(rounds, cycles);
	case CHILD_EXIT:
		return children(NULL, rounds, cycles);
	case CHILD_EXEC:
		return children("/bin/bench000k", rounds, cycles);
	case CHILD_EXEC_256K:
		return children("/bin/bench256k", rounds, cycles);
	case PIPE:
		return bench_pipe(self, rounds, cycles);
	case YIELD:
		return bench_yield(self, rounds, cycles);
	case KILL_SELF:
		return bench_signal(rounds, cycles);
	case SPAWN:
		return bench_spawn("/bin/bench000k", rounds, cycles);
	case HEAP_64K:
		return measure_heap(64 * 1024, rounds, cycles);
	case HEAP_256K:
		return measure_heap(256 * 1024, rounds, cycles);
	case HEAP_1M:
		return measure_heap(1024 * 1024, rounds, cycles);
	case FDS:
		return measure_fds(rounds, cycles);
	case PING_PONG:
		return bench_ping_pong(rounds, cycles);
	case SEMAPHORE:
		return bench_semaphore(rounds, cycles);
	case THREAD:
		return bench_thread(rounds, cycles);
	default:
		return measure_stack(rounds, cycles);
	}
}

static int report(enum name name, unsigned long rounds)
{
	unsigned long cycles;

	if (measure(name, rounds / 8 + 1, &cycles) != 0 || measure(name, rounds, &cycles) != 0)
		return 1;
	out_str(names[name]);
	out_str(": ");
	out_num((cycles + rounds / 2) / rounds);
	out_char('\n');
	return out_flush() < 0 ? msg_error("write error") : 0;
}

static int report_named(const char *text, unsigned long rounds)
{
	for (int n = 0; n < NAMES; n++)
		if (strcmp(names[n], text) == 0)
			return report((enum name)n, rounds);
	return msg_text(text, "no such measurement");
}

static int soak(char **operands)
{
	unsigned long rounds;

	if (opt_count(operands) != 2 || num_parse(operands[1], &rounds) < 0)
		return usage();
	if (strcmp(operands[0], "exec") != 0 && strcmp(operands[0], "exit") != 0)
		return usage();
	return bench_soak(operands[0], rounds);
}

int main(int argc, char **argv)
{
	unsigned long rounds = ROUNDS_DEFAULT;
	int c, status = 0;
	struct opt o;

	if (argc == 2 && strncmp(argv[1], "peer-", 5) == 0)
		return bench_peer(argv[1] + 5);
	if (strchr(argv[0], '/'))
		self = argv[0];
	opt_init(&o, argv);
	while ((c = opt_next(&o, "n:")))
		if (c == '?' || num_parse(o.arg, &rounds) < 0 || rounds == 0)
			return usage();
	if (*o.argv && strcmp(*o.argv, "soak") == 0)
		return soak(o.argv + 1);
	if (!*o.argv)
		for (int n = 0; n < NAMES; n++)
			status |= report((enum name)n, rounds);
	for (; *o.argv; o.argv++)
		status |= report_named(*o.argv, rounds);
	return status;
}
