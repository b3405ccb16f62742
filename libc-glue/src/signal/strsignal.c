/* Names of signals: one string in which they follow each other, because a table of pointers would cost every process RAM. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const char names[] = "Hangup\0Interrupt\0Quit\0Illegal instruction\0Trace/breakpoint trap\0Aborted\0"
			    "EMT trap\0Floating point exception\0Killed\0Bus error\0Segmentation fault\0"
			    "Bad system call\0Broken pipe\0Alarm clock\0Terminated\0Urgent I/O condition\0"
			    "Stopped (signal)\0Stopped\0Continued\0Child exited\0Stopped (tty input)\0"
			    "Stopped (tty output)\0I/O possible\0CPU time limit exceeded\0File size limit exceeded\0"
			    "Virtual timer expired\0Profiling timer expired\0Window changed\0Resource lost\0"
			    "User defined signal 1\0User defined signal 2";

char *strsignal(int sig)
{
	static char number[sizeof "Unknown signal -2147483648"];
	const char *name = names;

	if (sig > 0 && sig < SIGRTMIN) {
		while (--sig)
			name += strlen(name) + 1;
		return (char *)name;
	}
	if (sig >= SIGRTMIN && sig <= SIGRTMAX)
		sniprintf(number, sizeof number, "Real-time signal %d", sig - SIGRTMIN);
	else
		sniprintf(number, sizeof number, "Unknown signal %d", sig);
	return number;
}
