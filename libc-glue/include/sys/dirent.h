/* Directory entries as the kernel gives them (abi/abi.h, struct abi_dirent). Programs include <dirent.h>. */
#pragma once

#include <limits.h>
#include <sys/types.h>

struct dirent {
	ino_t d_ino;
	unsigned short d_reclen;
	unsigned char d_type;
	char d_name[NAME_MAX + 1];
};

typedef struct dir_stream DIR;

#define DT_UNKNOWN 0
#define DT_FIFO 1
#define DT_CHR 2
#define DT_DIR 4
#define DT_BLK 6
#define DT_REG 8
#define DT_LNK 10
#define DT_SOCK 12

#define IFTODT(mode) (((mode) & 0170000) >> 12)
#define DTTOIF(type) ((type) << 12)

/* The system call: bytes of entries put into buf, 0 at the end, or -1 with EBADF, ENOTDIR, EFAULT or EINVAL. */
ssize_t getdents(int fd, void *buf, size_t count);
