/* Ends the program by SIGABRT, even where it is ignored. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

void abort(void)
{
	raise(SIGABRT);
	signal(SIGABRT, SIG_DFL);
	raise(SIGABRT);
	_exit(127);
}
