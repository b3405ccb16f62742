/*
 * rm: removes files, and with -r directories with all that is in them.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dir.h"
#include "file.h"
#include "msg.h"
#include "opt.h"

const char app_name[] = "rm";
const char app_usage[] = "[-fr] FILE...";

static struct {
	char path[PATH_SIZE]; /* of what is being removed, longer by one name for each level of the recursion */
	unsigned char recursive, force;
} rm;

static int remove_path(size_t len);

/* The first entries are skipped as far as they could not be removed. */
static int remove_contents(size_t len)
{
	unsigned failed = 0;
	char name[64];
	int r;

	while ((r = dir_entry(rm.path, failed, name, sizeof(name))) > 0) {
		size_t n = path_push(rm.path, len, name);

		failed += n == 0 || remove_path(n) != 0;
		rm.path[len] = '\0';
	}
	return r < 0 ? msg_error(rm.path) : failed > 0;
}

static int remove_path(size_t len)
{
	struct stat st;

	if (lstat(rm.path, &st) < 0)
		return rm.force && errno == ENOENT ? 0 : msg_error(rm.path);
	if (!S_ISDIR(st.st_mode))
		return unlink(rm.path) < 0 ? msg_error(rm.path) : 0;
	if (!rm.recursive) {
		errno = EISDIR;
		return msg_error(rm.path);
	}
	if (remove_contents(len) != 0)
		return 1;
	return rmdir(rm.path) < 0 ? msg_error(rm.path) : 0;
}

static int remove_operand(const char *name)
{
	const char *base = base_name(name);
	size_t len;

	if (strcmp(base, ".") == 0 || strcmp(base, "..") == 0)
		return msg_text(name, "refusing to remove it");
	len = path_start(rm.path, name);
	return len ? remove_path(len) : 1;
}

int main(int argc, char **argv)
{
	struct opt o;
	int c, status = 0;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "rRf"))) {
		if (c == '?')
			return usage();
		if (c == 'f')
			rm.force = 1;
		else
			rm.recursive = 1;
	}
	if (!*o.argv && !rm.force)
		return usage();
	for (; *o.argv; o.argv++)
		status |= remove_operand(*o.argv);
	return status;
}
