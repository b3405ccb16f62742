/*
 * ls: lists files. Names of one directory are in memory, sorted as they come.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "ls.h"
#include "msg.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "ls";
const char app_usage[] = "[-1adl] [FILE...]";

#define TERMINAL_WIDTH 80

static struct {
	unsigned char all, as_file, details, one_column;
} ls;

/* Adds a name in its place. Returns -1 with ENOMEM. */
static int add(struct entry **first, const char *name)
{
	size_t size = strlen(name) + 1;
	struct entry *e = malloc(sizeof(*e) + size);

	if (!e)
		return -1;
	memcpy(e->name, name, size);
	while (*first && strcmp((*first)->name, name) < 0)
		first = &(*first)->next;
	e->next = *first;
	*first = e;
	return 0;
}

static int read_names(const char *path, struct entry **first)
{
	DIR *dir = opendir(path);
	struct dirent *d;
	int status = 0;

	if (!dir)
		return msg_error(path);
	while (!status && (d = readdir(dir)))
		if (d->d_name[0] != '.' || ls.all)
			status = add(first, d->d_name) < 0 ? msg_error(path) : 0;
	closedir(dir);
	return status;
}

static void free_names(struct entry *e)
{
	while (e) {
		struct entry *next = e->next;

		free(e);
		e = next;
	}
}

static int print_details(char *path, size_t len, const struct entry *e)
{
	int status = 0;

	for (; e; e = e->next) {
		status |= path_push(path, len, e->name) ? print_long(path, e->name) : 1;
		path[len] = '\0';
	}
	return status;
}

static int list_directory(const char *name)
{
	struct entry *first = NULL;
	char path[PATH_SIZE];
	size_t len = path_start(path, name);
	int status;

	if (!len)
		return 1;
	status = read_names(path, &first);
	if (ls.details)
		status |= print_details(path, len, first);
	else
		print_names(first, ls.one_column ? 0 : TERMINAL_WIDTH);
	free_names(first);
	return status;
}

static int list_file(const char *name)
{
	struct stat st;

	if (ls.details)
		return print_long(name, name);
	if (lstat(name, &st) < 0)
		return msg_error(name);
	out_str(name);
	out_char('\n');
	return 0;
}

/* Files first, then the directories with titles. */
static int list_operands(char **operands)
{
	int titles = opt_count(operands) > 1, status = 0, before = 0;

	for (char **p = operands; *p; p++) {
		if (!ls.as_file && is_dir(*p))
			continue;
		status |= list_file(*p);
		before = 1;
	}
	for (char **p = operands; *p; p++) {
		if (ls.as_file || !is_dir(*p))
			continue;
		if (titles) {
			if (before)
				out_char('\n');
			out_str(*p);
			out_str(":\n");
		}
		status |= list_directory(*p);
		before = 1;
	}
	return status;
}

int main(int argc, char **argv)
{
	static char dot[] = ".", *here[] = {dot, NULL};
	struct opt o;
	int c;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "1adl"))) {
		if (c == '?')
			return usage();
		ls.all |= c == 'a';
		ls.as_file |= c == 'd';
		ls.details |= c == 'l';
		ls.one_column |= c == '1';
	}
	ls.one_column |= !isatty(1);
	return out_end(list_operands(*o.argv ? o.argv : here));
}
