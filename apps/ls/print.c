/*
 * ls: output.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "civil.h"
#include "file.h"
#include "ls.h"
#include "msg.h"
#include "out.h"

static char type_letter(mode_t mode)
{
	return S_ISDIR(mode)    ? 'd'
	       : S_ISCHR(mode)  ? 'c'
	       : S_ISBLK(mode)  ? 'b'
	       : S_ISFIFO(mode) ? 'p'
	       : S_ISLNK(mode)  ? 'l'
				: '-';
}

static void print_mode(mode_t mode)
{
	out_char(type_letter(mode));
	for (int bit = 8; bit >= 0; bit--)
		out_char(mode & (1u << bit) ? "xwr"[bit % 3] : '-');
}

/* "2026-11-21 18:45": sorts as text, and needs no idea of today. */
static void print_time(int64_t seconds)
{
	struct civil c = civil_from_seconds(seconds);

	out_base((unsigned long)c.year, 10, 4);
	out_char('-');
	out_base((unsigned long)c.month, 10, 2);
	out_char('-');
	out_base((unsigned long)c.day, 10, 2);
	out_char(' ');
	out_base((unsigned long)c.hour, 10, 2);
	out_char(':');
	out_base((unsigned long)c.minute, 10, 2);
}

static void print_target(const char *path)
{
	char *target = malloc(PATH_SIZE); /* on the stack it would be there for every file */
	ssize_t n = target ? readlink(path, target, PATH_SIZE) : -1;

	if (n >= 0) {
		out_str(" -> ");
		out_bytes(target, (size_t)n);
	}
	free(target);
}

int print_long(const char *path, const char *name)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return msg_error(path);
	print_mode(st.st_mode);
	out_char(' ');
	out_num_right(st.st_nlink, 2);
	out_char(' ');
	out_num(st.st_uid);
	out_char(' ');
	out_num(st.st_gid);
	out_char(' ');
	out_num_right((unsigned long)st.st_size, 8);
	out_char(' ');
	print_time(st.st_mtime);
	out_char(' ');
	out_str(name);
	if (S_ISLNK(st.st_mode))
		print_target(path);
	out_char('\n');
	return 0;
}

static unsigned column_width(const struct entry *e)
{
	size_t widest = 0;

	for (; e; e = e->next)
		if (strlen(e->name) > widest)
			widest = strlen(e->name);
	return (unsigned)widest + 2;
}

void print_names(const struct entry *first, unsigned width)
{
	unsigned column = width ? column_width(first) : 0;
	unsigned per_line = column && width > column ? width / column : 1;
	unsigned at = 0;

	for (const struct entry *e = first; e; e = e->next) {
		if (++at == per_line || !e->next) {
			out_str(e->name);
			out_char('\n');
			at = 0;
		} else {
			out_str_left(e->name, column);
		}
	}
}
