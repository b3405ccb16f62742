/*
 * cp: copies files, and with -r directories with all that is in them.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "copy.h"
#include "dir.h"
#include "file.h"
#include "msg.h"
#include "opt.h"
#include "target.h"

const char app_name[] = "cp";
const char app_usage[] = "[-r] SOURCE... TARGET";

static struct {
	char from[PATH_SIZE]; /* of what is being copied, longer by one name for each level of the recursion */
	unsigned char recursive;
} cp;

static int copy(size_t from_len, char *to);

static int copy_contents(size_t from_len, char *to)
{
	size_t to_len = strlen(to);
	char name[64];
	int r, status = 0;

	for (unsigned i = 0; (r = dir_entry(cp.from, i, name, sizeof(name))) > 0; i++) {
		size_t n = path_push(cp.from, from_len, name);

		status |= n == 0 || path_push(to, to_len, name) == 0 || copy(n, to);
		cp.from[from_len] = '\0';
		to[to_len] = '\0';
	}
	return r < 0 ? msg_error(cp.from) : status;
}

static int copy(size_t from_len, char *to)
{
	if (!is_dir(cp.from))
		return copy_file(cp.from, to);
	if (!cp.recursive) {
		errno = EISDIR;
		return msg_error(cp.from);
	}
	if (mkdir(to, 0777) < 0 && !(errno == EEXIST && is_dir(to)))
		return msg_error(to);
	return copy_contents(from_len, to);
}

static int copy_operand(const char *from, char *to)
{
	size_t len = path_start(cp.from, from);

	if (len == 0)
		return 1;
	if (cp.recursive && strncmp(to, cp.from, len) == 0 && (to[len] == '/' || to[len] == '\0') && is_dir(cp.from))
		return msg_text(from, "cannot be copied into itself");
	return copy(len, to);
}

int main(int argc, char **argv)
{
	struct opt o;
	int c;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "rR"))) {
		if (c == '?')
			return usage();
		cp.recursive = 1;
	}
	return each_target(o.argv, copy_operand);
}
