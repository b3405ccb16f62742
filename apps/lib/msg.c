/*
 * Messages on stderr, and the texts of errnos in a table without pointers, which costs no RAM.
 */
#include "msg.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The texts follow each other in the order of the numbers, so that neither needs a pointer or padding. */
static const unsigned char numbers[] = {
	ENOENT, EPERM, ESRCH, EIO, ENXIO, E2BIG, ENOEXEC, EBADF, EAGAIN, ENOMEM, EACCES, EBUSY,
	EEXIST, EXDEV, ENODEV, ENOTDIR, EISDIR, EINVAL, ENFILE, EMFILE, ENOTTY, ETXTBSY, EFBIG,
	ENOSPC, ESPIPE, EROFS, EPIPE, ENOSYS, ENOTEMPTY, ENAMETOOLONG, ELOOP,
	ETIMEDOUT,
};

static const char texts[] =
	"No such file or directory\0"
	"Operation not permitted\0"
	"No such process\0"
	"Input/output error\0"
	"No such device or address\0"
	"Argument list too long\0"
	"Exec format error\0"
	"Bad file descriptor\0"
	"Resource busy, try again\0"
	"Out of memory\0"
	"Permission denied\0"
	"Device or resource busy\0"
	"File exists\0"
	"Invalid cross-device link\0"
	"No such device\0"
	"Not a directory\0"
	"Is a directory\0"
	"Invalid argument\0"
	"Too many open files in system\0"
	"Too many open files\0"
	"Not a terminal\0"
	"Text file busy\0"
	"File too large\0"
	"No space left on device\0"
	"Illegal seek\0"
	"Read-only file system\0"
	"Broken pipe\0"
	"Function not implemented\0"
	"Directory not empty\0"
	"File name too long\0"
	"Too many symbolic links\0"
	"Operation timed out\0";

const char *err_text(int error)
{
	const char *text = texts;

	for (unsigned i = 0; i < sizeof(numbers); i++, text += strlen(text) + 1)
		if (numbers[i] == error)
			return text;
	return "Unknown error";
}

void msg_put(const char *s)
{
	ssize_t ignored = write(2, s, strlen(s));

	(void)ignored; /* nowhere left to complain */
}

int msg_text(const char *what, const char *why)
{
	msg_put(app_name);
	msg_put(": ");
	if (what) {
		msg_put(what);
		msg_put(": ");
	}
	msg_put(why);
	msg_put("\n");
	return 1;
}

int msg_error(const char *what)
{
	return msg_text(what, err_text(errno));
}
