/* An open directory: a buffer of entries as getdents gives them. */
#pragma once

#include <dirent.h>

#define DIR_BUFFER 288 /* an entry of the longest name fits */

struct dir_stream {
	int fd;
	int at, length; /* of the buffer: next entry, end of the entries */
	_Alignas(struct dirent) char buffer[DIR_BUFFER];
};

/* A stream for a descriptor that is known to be a directory's; NULL with errno ENOMEM. */
DIR *__dir_stream(int fd);
