/*
 * What a child of vfork may do, and what the C library does with it: none of this is reported.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fork.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static pid_t global_pid = 77;
static char handler_stack[4096];

static void popen_and_system(void)
{
	char line[80];
	FILE *stream = popen("echo popen", "r");

	fgets(line, sizeof line, stream);
	fputs(line, stdout);
	pclose(stream);
	printf("system %d\n", WEXITSTATUS(system("exit 3")));
}

static void spawns(void)
{
	char *arguments[] = {"true", NULL};
	posix_spawn_file_actions_t actions;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 5, "/dev/null", O_WRONLY, 0);
	posix_spawnp(&pid, "true", &actions, NULL, arguments, environ);
	waitpid(pid, &status, 0);
	posix_spawn_file_actions_destroy(&actions);
	printf("spawn %d\n", posix_spawn(&pid, "/none", NULL, NULL, arguments, environ));
}

/* errno, a failing exec, and a result that lies in data. */
static void exec_fails_then_works(void)
{
	global_pid = vfork();
	if (global_pid == 0) {
		execlp("no-such-program", "no-such-program", NULL);
		execlp("echo", "echo", "execlp", NULL);
		_exit(1);
	}
	wait(NULL);
}

static __attribute__((noinline)) void result_through_pointer(pid_t *pid)
{
	*pid = vfork();
	if (*pid == 0)
		_exit(0);
	wait(NULL);
}

static __attribute__((noinline)) int frames(int depth)
{
	volatile char room[32];

	memset((void *)room, depth, sizeof room);
	return depth ? frames(depth - 1) + room[depth] : getppid();
}

static void handler(int sig)
{
	(void)sig;
	getppid();
}

/* Locals of the borrowed frame, calls, a jump within the child's own frames, handlers on both stacks. */
static void child_works(void)
{
	volatile int local = 1;
	stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};

	sigaltstack(&stack, NULL);
	sigaction(SIGUSR1, &(struct sigaction){.sa_handler = handler}, NULL);
	sigaction(SIGUSR2, &(struct sigaction){.sa_handler = handler, .sa_flags = SA_ONSTACK}, NULL);
	if (vfork() == 0) {
		jmp_buf back;

		local = 2;
		frames(5);
		raise(SIGUSR1);
		raise(SIGUSR2);
		if (setjmp(back) == 0)
			longjmp(back, 1);
		_exit(0);
	}
	wait(NULL);
	printf("local %d\n", local);
}

static void nested(void)
{
	if (vfork() == 0) {
		if (vforkx(FORK_NOSIGCHLD) == 0)
			_exit(1);
		wait(NULL);
		_exit(0);
	}
	wait(NULL);
}

int main(void)
{
	pid_t pid = 5;

	popen_and_system();
	spawns();
	exec_fails_then_works();
	result_through_pointer(&pid);
	child_works();
	nested();
	puts("done");
	return 0;
}
