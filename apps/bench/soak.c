/*
 * bench: children by the thousand must leave free memory, processes and descriptors as they were, byte for byte.
 */
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include "bench.h"
#include "file.h"
#include "msg.h"
#include "out.h"
#include "proc.h"

#define DESCRIPTORS 64

struct state {
	unsigned long free, processes, descriptors;
};

static int count_processes(unsigned long *n)
{
	DIR *dir = opendir("/proc");
	struct dirent *e;

	if (!dir)
		return msg_error("/proc");
	*n = 0;
	while ((e = readdir(dir)))
		*n += e->d_name[0] >= '1' && e->d_name[0] <= '9';
	closedir(dir);
	return 0;
}

static int take_state(struct state *s)
{
	char text[256];

	if (count_processes(&s->processes) != 0)
		return 1;
	s->descriptors = 0;
	for (int fd = 0; fd < DESCRIPTORS; fd++)
		s->descriptors += fcntl(fd, F_GETFD) >= 0;
	if (read_file("/proc/meminfo", text, sizeof(text)) < 0)
		return msg_error("/proc/meminfo");
	s->free = proc_field(text, "MemFree");
	return 0;
}

static int compare(const char *name, unsigned long before, unsigned long after)
{
	out_str(name);
	out_str(": ");
	out_num(before);
	out_str(" -> ");
	out_num(after);
	out_char('\n');
	return before != after;
}

int bench_soak(const char *what, unsigned long rounds)
{
	const char *path = what[2] == 'e' ? "/bin/true" : NULL;
	struct state before, after;
	int status;

	/* Once to warm up: what the first use of anything takes is no leak. */
	if (bench_child(path) != 0 || take_state(&before) != 0 || take_state(&before) != 0)
		return 1;
	for (unsigned long i = 0; i < rounds; i++) {
		if (bench_child(path) != 0) {
			out_str("failed in round ");
			out_num(i + 1);
			out_char('\n');
			return out_end(1);
		}
	}
	if (take_state(&after) != 0)
		return 1;
	out_str("rounds: ");
	out_num(rounds);
	out_char('\n');
	status = compare("free", before.free, after.free);
	status |= compare("processes", before.processes, after.processes);
	status |= compare("descriptors", before.descriptors, after.descriptors);
	return out_end(status);
}
