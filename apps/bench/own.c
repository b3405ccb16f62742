/*
 * bench: a signal to oneself with its handler, and posix_spawn.
 */
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "msg.h"

static volatile sig_atomic_t caught;

static void note(int sig)
{
	(void)sig;
	caught++;
}

int bench_signal(unsigned long rounds, unsigned long *cycles)
{
	struct sigaction action = {.sa_handler = note}, before;
	pid_t self = getpid();
	unsigned long start;

	if (sigaction(SIGUSR1, &action, &before) < 0)
		return msg_error("sigaction");
	caught = 0;
	start = bench_cycles();
	for (unsigned long i = 0; i < rounds; i++)
		kill(self, SIGUSR1);
	*cycles = bench_cycles() - start;
	sigaction(SIGUSR1, &before, NULL);
	return (unsigned long)caught == rounds ? 0 : msg_text("SIGUSR1", "was not caught as often as it was sent");
}

int bench_spawn(const char *path, unsigned long rounds, unsigned long *cycles)
{
	char *argv[] = {(char *)path, NULL};
	unsigned long start = bench_cycles();
	int status;
	pid_t pid;

	for (unsigned long i = 0; i < rounds; i++)
		if (posix_spawn(&pid, path, NULL, NULL, argv, NULL) != 0 || waitpid(pid, &status, 0) != pid || status != 0)
			return msg_text(path, "did not run");
	*cycles = bench_cycles() - start;
	return 0;
}
