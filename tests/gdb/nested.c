/*
 * What the tests look at:
 *
 *   nested        loans three deep, with a breakpoint at the innermost
 *   nested sleep  the same; the innermost then sleeps in read
 *   nested kill   the same; before it sleeps it kills the second of the three lenders
 *   nested 0      a crash report
 *   nested N      a breakpoint, a write; `generation` is N in this process
 *   nested N hold the same; then it sleeps in read
 *   nested threads  one thread sleeps in read, the other waits for its end
 */
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int generation = 1; /* data */
int answer;         /* bss */
static enum { EXIT, SLEEP, KILL } then;
static pid_t second;
const char said[] = "a line of twenty-four.\n\n"; /* text */

__attribute__((noinline)) void checkpoint(int depth)
{
	answer = depth + 39;
	__asm__ volatile("" ::: "memory");
}

static int innermost(void)
{
	char byte;

	checkpoint(3);
	if (then == KILL)
		kill(second, SIGKILL);
	return then == EXIT ? 0 : (int)read(0, &byte, 1);
}

__attribute__((noinline)) static int lend(int depth)
{
	int status;
	pid_t pid;

	if (depth == 2)
		second = getpid();
	pid = vfork();
	if (pid == 0)
		_exit(depth == 3 ? innermost() : lend(depth + 1));
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

__attribute__((noinline)) static int speak(void)
{
	checkpoint(generation);
	return write(1, said, sizeof said - 1) < 0;
}

static void *reader(void *byte)
{
	read(0, byte, 1);
	return NULL;
}

static int two_threads(void)
{
	pthread_t thread;
	char byte;

	if (pthread_create(&thread, NULL, reader, &byte) != 0)
		return 1;
	return pthread_join(thread, NULL);
}

static void choose(const char *word)
{
	if (strcmp(word, "sleep") == 0)
		then = SLEEP;
	if (strcmp(word, "kill") == 0)
		then = KILL;
	if (strcmp(word, "threads") == 0)
		exit(two_threads());
}

int main(int argc, char **argv)
{
	char byte;

	if (argc > 1)
		choose(argv[1]);
	if (argc == 1 || then != EXIT)
		return lend(1);
	generation = atoi(argv[1]);
	if (generation == 0)
		*(volatile int *)8 = 1;
	return speak() || (argc > 2 && read(0, &byte, 1) < 0);
}
