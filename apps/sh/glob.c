/*
 * File names by pattern. A path is walked component by component; a component without pattern is appended as it is.
 */
#include <dirent.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "sh.h"

static struct {
	char *path; /* PATH_SIZE bytes */
	struct words *to;
	struct word **first; /* the link to the first name added, for the sorting */
	unsigned found;
} glob;

/* Inserts the path among the names added before, in order. */
static void glob_found(void)
{
	char *text = mem_copy(glob.path);
	struct word *word, **link = glob.first;

	words_add(glob.to, text);
	glob.found++;
	while ((*link)->next && strcmp((*link)->text, text) <= 0)
		link = &(*link)->next;
	/* The new name is in the last word; shift the texts behind its place by one. */
	for (word = *link; word; word = word->next) {
		char *t = word->text;

		word->text = text;
		text = t;
	}
}

static void glob_walk(size_t len, char *pattern);

static void glob_directory(size_t len, const char *component, char *rest)
{
	DIR *dir = opendir(len ? glob.path : ".");
	struct dirent *e;

	if (!dir)
		return;
	while ((e = readdir(dir))) {
		size_t n = strlen(e->d_name);

		if ((e->d_name[0] == '.' && component[0] != '.') || len + n + 1 >= PATH_SIZE)
			continue;
		if (!pattern_match(component, e->d_name, e->d_name + n))
			continue;
		memcpy(glob.path + len, e->d_name, n + 1);
		glob_walk(len + n, rest);
	}
	closedir(dir);
	glob.path[len] = '\0';
}

/* What is left of the pattern begins with the slashes before its next component, or is empty. */
static void glob_walk(size_t len, char *pattern)
{
	char *end, was;
	size_t n;

	stack_check();
	for (; *pattern == '/' && len + 1 < PATH_SIZE; pattern++)
		glob.path[len++] = '/';
	glob.path[len] = '\0';
	if (!*pattern) {
		if (access(glob.path, F_OK) == 0)
			glob_found();
		return;
	}
	end = pattern + strcspn(pattern, "/");
	was = *end;
	*end = '\0';
	if (pattern_active(pattern)) {
		/* The slash comes back for the walk below and for the caller's next name. */
		char *component = mem_range(pattern, end);

		*end = was;
		glob_directory(len, component, end);
		return;
	}
	n = strlen(pattern);
	if (len + n + 1 < PATH_SIZE) {
		strcpy(glob.path + len, pattern);
		pattern_unquote(glob.path + len);
		*end = was;
		glob_walk(strlen(glob.path), end);
	}
	*end = was;
}

unsigned glob_add(char *pattern, struct words *to)
{
	glob.path = mem_alloc(PATH_SIZE);
	glob.to = to;
	glob.first = to->end ? to->end : &to->first;
	glob.found = 0;
	glob_walk(0, pattern);
	return glob.found;
}
