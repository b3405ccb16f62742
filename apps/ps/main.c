/*
 * ps: lists processes, with what each costs: its text is shared, the rest is its own.
 */
#include <dirent.h>
#include <string.h>

#include "file.h"
#include "msg.h"
#include "opt.h"
#include "out.h"
#include "proc.h"

const char app_name[] = "ps";
const char app_usage[] = "";

#define COMMAND_MAX 64

/* The command line with blanks for its NULs, or the name of a process that has none (a zombie). */
static void print_command(const struct proc_stat *st, const char *pid)
{
	char path[32] = "/proc/", text[COMMAND_MAX];
	int n;

	strcat(path, pid);
	strcat(path, "/cmdline");
	n = read_file(path, text, sizeof(text));
	while (n > 0 && text[n - 1] == '\0')
		n--;
	if (n <= 0) {
		out_char('[');
		out_str(st->name);
		out_char(']');
	}
	for (int i = 0; i < n; i++)
		out_char(text[i] ? text[i] : ' ');
	out_char('\n');
}

static void print_process(const char *pid)
{
	struct proc_stat st;

	if (proc_stat_read(pid, &st) < 0)
		return; /* it has ended meanwhile */
	out_num_right(st.pid, 5);
	out_num_right(st.ppid, 6);
	out_char(' ');
	out_char(st.state);
	out_num_right(st.pri, 4);
	out_num_right(st.data_bss, 8);
	out_num_right(st.heap, 8);
	out_num_right(st.stack, 8);
	out_num_right(st.utime_ms, 9);
	out_str(" ");
	print_command(&st, pid);
}

int main(int argc, char **argv)
{
	struct dirent *e;
	struct opt o;
	DIR *dir;

	(void)argc;
	opt_init(&o, argv);
	if (opt_next(&o, "") != 0 || *o.argv)
		return usage();
	dir = opendir("/proc");
	if (!dir)
		return msg_error("/proc");
	out_str("  PID  PPID S PRI    DATA    HEAP   STACK  TIME/ms COMMAND\n");
	while ((e = readdir(dir)))
		if (e->d_name[0] >= '1' && e->d_name[0] <= '9')
			print_process(e->d_name);
	closedir(dir);
	return out_end(0);
}
