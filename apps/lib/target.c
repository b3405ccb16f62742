/*
 * The operands of cp and mv.
 */
#include "target.h"

#include <errno.h>
#include <string.h>

#include "file.h"
#include "msg.h"
#include "opt.h"

int each_target(char **operands, int (*move)(const char *from, char *to))
{
	static char to[PATH_SIZE];
	int n = opt_count(operands), status = 0;
	size_t len;
	int into;

	if (n < 2)
		return usage();
	len = path_start(to, operands[n - 1]);
	if (len == 0)
		return 1;
	into = is_dir(to);
	if (n > 2 && !into) {
		errno = ENOTDIR;
		return msg_error(to);
	}
	for (int i = 0; i < n - 1; i++) {
		to[len] = '\0';
		if (into && !path_push(to, len, base_name(operands[i])))
			status = 1;
		else
			status |= move(operands[i], to);
	}
	return status;
}
