/*
 * What the system tells of itself in /proc.
 */
#include "proc.h"

#include <string.h>

#include "file.h"
#include "num.h"

unsigned long proc_field(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (; text; text = strchr(text, '\n')) {
		text += *text == '\n';
		if (strncmp(text, name, len) == 0 && text[len] == ':') {
			text += len + 1;
			while (*text == ' ')
				text++;
			return num_scan(&text);
		}
	}
	return 0;
}

static unsigned long next_number(const char **p)
{
	while (**p == ' ')
		(*p)++;
	return num_scan(p);
}

/* Copies what is up to `end` into a string of `size` bytes. Returns what is behind `end`. */
static const char *take(const char *p, char end, char *to, size_t size)
{
	size_t n = 0;

	for (; *p && *p != end; p++)
		if (n < size - 1)
			to[n++] = *p;
	to[n] = '\0';
	return *p ? p + 1 : p;
}

int proc_stat_read(const char *pid, struct proc_stat *st)
{
	char path[32] = "/proc/", line[160];
	const char *p = line;

	if (strlen(pid) > 12)
		return -1;
	strcat(path, pid);
	strcat(path, "/stat");
	if (read_file(path, line, sizeof(line)) < 0)
		return -1;
	st->pid = next_number(&p);
	if (p[0] != ' ' || p[1] != '(')
		return -1;
	p = take(p + 2, ')', st->name, sizeof(st->name));
	if (p[0] != ' ' || !p[1])
		return -1;
	st->state = p[1];
	p += 2;
	st->ppid = next_number(&p);
	st->pri = next_number(&p);
	p = take(p + (*p == ' '), ' ', st->text, sizeof(st->text));
	st->data_bss = next_number(&p);
	st->heap = next_number(&p);
	st->stack = next_number(&p);
	st->utime_ms = next_number(&p);
	return 0;
}
