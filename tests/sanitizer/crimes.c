/*
 * What a child of vfork must not do, one a letter; each in a function of its own, whose name the report has to tell.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CRIME static __attribute__((noinline)) void

int global = 7;
int cleared = 7;
static char *block;

/* The wrapper that everybody writes once. */
static __attribute__((noinline)) pid_t wrapper(void)
{
	return vfork();
}

static __attribute__((noipa)) int deeper(int n)
{
	volatile char room[64];

	memset((char *)room, n, sizeof room);
	write(1, "deeper\n", 7);
	return room[n];
}

CRIME return_and_call(void)
{
	if (wrapper() == 0) {
		deeper(1);
		_exit(0);
	}
}

CRIME return_and_exit(void)
{
	if (wrapper() == 0)
		_exit(0);
}

CRIME return_by_pointer(void)
{
	pid_t (*volatile function)(void) = (vfork);

	if (function() == 0)
		_exit(0);
}

CRIME write_global(void)
{
	if (vfork() == 0) {
		global = 42;
		_exit(0);
	}
}

CRIME clear_global(void)
{
	if (vfork() == 0) {
		cleared = 0;
		_exit(0);
	}
}

CRIME write_heap(void)
{
	block = calloc(1, 64);
	if (vfork() == 0) {
		strcpy(block + 3, "hello, heap");
		_exit(0);
	}
}

static __attribute__((noinline)) void change(volatile int *variable)
{
	if (vfork() == 0) {
		*variable = 99;
		_exit(0);
	}
}

CRIME write_frame(void)
{
	volatile int local = 3;

	change(&local);
}

static void goodbye(void)
{
	write(1, "atexit\n", 7);
}

CRIME leave_by_exit(void)
{
	atexit(goodbye);
	if (vfork() == 0)
		exit(3);
	wait(NULL);
	fflush(stdout);
	_exit(0);
}

static const struct {
	char letter;
	void (*commit)(void);
} crimes[] = {
	{'r', return_and_call}, {'s', return_and_exit}, {'p', return_by_pointer}, {'g', write_global}, {'z', clear_global},
	{'h', write_heap}, {'f', write_frame}, {'e', leave_by_exit},
};

int main(int argc, char **argv)
{
	int status = -1;

	if (argc < 2)
		return 2;
	if (argv[1][0] == 'm' && vfork() == 0)
		return 4;
	for (unsigned i = 0; i < sizeof crimes / sizeof crimes[0]; i++)
		if (crimes[i].letter == argv[1][0])
			crimes[i].commit();
	wait(&status);
	printf("status %d\n", status);
	fflush(stdout);
	_exit(0);
}
