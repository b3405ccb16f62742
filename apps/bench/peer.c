/*
 * bench: operations between two processes. The other one is bench itself, started with its ends of two pipes as descriptors
 * 0 and 1; it says that it is there by a byte.
 */
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "msg.h"

struct peer {
	pid_t pid;
	int to, from;
};

/* The peer echoes bytes, or yields for ever after the first one. */
int bench_peer(const char *which)
{
	char c = '!';

	if (write(1, &c, 1) != 1)
		return 1;
	if (strcmp(which, "yield") == 0)
		for (;;)
			sched_yield();
	while (read(0, &c, 1) == 1)
		if (write(1, &c, 1) != 1)
			return 1;
	return 0;
}

static void __attribute__((noreturn)) become_peer(const char *self, const char *which, const int *down, const int *up)
{
	char *argv[] = {(char *)self, (char *)which, NULL};

	dup2(down[0], 0);
	dup2(up[1], 1);
	close(down[0]);
	close(down[1]);
	close(up[0]);
	close(up[1]);
	execv(self, argv);
	_exit(127);
}

/* Returns 0, or 1 after a message. */
static int peer_start(const char *self, const char *which, struct peer *peer)
{
	int down[2], up[2];
	char c;

	if (pipe(down) < 0)
		return msg_error("pipe");
	if (pipe(up) < 0) {
		close(down[0]);
		close(down[1]);
		return msg_error("pipe");
	}
	peer->pid = vfork();
	if (peer->pid == 0)
		become_peer(self, which, down, up);
	close(down[0]);
	close(up[1]);
	peer->to = down[1];
	peer->from = up[0];
	if (peer->pid > 0 && read(peer->from, &c, 1) == 1)
		return 0;
	close(peer->to);
	close(peer->from);
	if (peer->pid > 0)
		waitpid(peer->pid, NULL, 0);
	return msg_text(self, "the peer did not start");
}

static void peer_end(struct peer *peer, int sig)
{
	close(peer->to);
	close(peer->from);
	if (sig)
		kill(peer->pid, sig);
	waitpid(peer->pid, NULL, 0);
}

int bench_pipe(const char *self, unsigned long rounds, unsigned long *cycles)
{
	unsigned long start;
	struct peer peer;
	int failed = 0;
	char c = 'x';

	if (peer_start(self, "peer-pipe", &peer) != 0)
		return 1;
	start = bench_cycles();
	for (unsigned long i = 0; i < rounds; i++)
		failed |= write(peer.to, &c, 1) != 1 || read(peer.from, &c, 1) != 1;
	*cycles = bench_cycles() - start;
	peer_end(&peer, 0);
	return failed ? msg_text("pipe_round_trip", "the peer is gone") : 0;
}

/* Each round is a yield of each process, so two switches: half of its cost is reported. */
int bench_yield(const char *self, unsigned long rounds, unsigned long *cycles)
{
	unsigned long start;
	struct peer peer;

	if (peer_start(self, "peer-yield", &peer) != 0)
		return 1;
	start = bench_cycles();
	for (unsigned long i = 0; i < rounds; i++)
		sched_yield();
	*cycles = (bench_cycles() - start) / 2;
	peer_end(&peer, SIGKILL);
	return 0;
}
