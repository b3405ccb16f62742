/*
 * The absolute path of a file, without symbolic links, dots and doubled slashes. `done` is the part already resolved;
 * `rest` what is still to walk, into which the target of a symbolic link is put.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
	char done[PATH_MAX], rest[PATH_MAX];
	int links;
};

static int fail(int error)
{
	errno = error;
	return -1;
}

static void drop_last(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash)
		*slash = '\0';
}

/* Cuts the next component off `rest` into `name`. */
static void next_component(struct walk *walk, char name[PATH_MAX])
{
	const char *start = walk->rest + strspn(walk->rest, "/");
	size_t length = strcspn(start, "/");

	memcpy(name, start, length);
	name[length] = '\0';
	memmove(walk->rest, start + length, strlen(start + length) + 1);
}

static int follow_link(struct walk *walk)
{
	char target[PATH_MAX];
	ssize_t length = readlink(walk->done, target, sizeof target - 1);

	if (length < 0)
		return -1;
	if (++walk->links > SYMLOOP_MAX)
		return fail(ELOOP);
	if ((size_t)length + strlen(walk->rest) >= sizeof walk->rest)
		return fail(ENAMETOOLONG);
	memmove(walk->rest + length, walk->rest, strlen(walk->rest) + 1);
	memcpy(walk->rest, target, (size_t)length);
	if (target[0] == '/')
		walk->done[0] = '\0';
	else
		drop_last(walk->done);
	return 0;
}

static int step(struct walk *walk, const char *name)
{
	struct stat st;
	size_t length = strlen(walk->done);

	if (strcmp(name, "..") == 0) {
		drop_last(walk->done);
		return 0;
	}
	if (length + strlen(name) + 2 > sizeof walk->done)
		return fail(ENAMETOOLONG);
	walk->done[length] = '/';
	strcpy(walk->done + length + 1, name);
	if (lstat(walk->done, &st) != 0)
		return -1;
	if (S_ISLNK(st.st_mode))
		return follow_link(walk);
	if (walk->rest[0] != '\0' && !S_ISDIR(st.st_mode))
		return fail(ENOTDIR);
	return 0;
}

static int start(struct walk *walk, const char *path)
{
	if (!path)
		return fail(EINVAL);
	if (*path == '\0')
		return fail(ENOENT);
	if (strlen(path) >= sizeof walk->rest)
		return fail(ENAMETOOLONG);
	strcpy(walk->rest, path);
	walk->links = 0;
	if (*path != '/' && !getcwd(walk->done, sizeof walk->done))
		return -1;
	if (*path == '/' || strcmp(walk->done, "/") == 0)
		walk->done[0] = '\0';
	return 0;
}

char *realpath(const char *restrict path, char *restrict resolved)
{
	struct walk walk;
	char name[PATH_MAX];

	if (start(&walk, path) != 0)
		return NULL;
	while (walk.rest[0] != '\0') {
		next_component(&walk, name);
		if (name[0] != '\0' && strcmp(name, ".") != 0 && step(&walk, name) != 0)
			return NULL;
	}
	if (walk.done[0] == '\0')
		strcpy(walk.done, "/");
	return resolved ? strcpy(resolved, walk.done) : strdup(walk.done);
}
