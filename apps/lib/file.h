/*
 * Whole files and paths.
 */
#pragma once

#include <stddef.h>

/* Bytes of a path in the tools, NUL included; the system's own limit is not larger. */
#define PATH_SIZE 256

/* Copies `in` to its end to `out`. Returns 0, -1 with errno if reading failed, -2 with errno if writing failed. */
int copy_fd(int in, int out);

/* Reads at most size - 1 bytes of a small file and ends them with NUL. Returns their number, or -1 with errno. */
int read_file(const char *path, char *buf, size_t size);

/* The part of `path` behind its last '/' that has something behind it. */
const char *base_name(const char *path);

/* True if `path` names a directory (symbolic links followed). */
int is_dir(const char *path);

/*
 * Appends "/name" to the path of `len` characters in `path` (PATH_SIZE bytes). Returns the new length, or 0 with ENAMETOOLONG
 * and a message on stderr, the path unchanged. path[len] = '\0' takes the name off again.
 */
size_t path_push(char *path, size_t len, const char *name);

/* Copies `from` into `path` (PATH_SIZE bytes) without trailing slashes. As path_push in what it returns. */
size_t path_start(char *path, const char *from);

/* For the tools with FILE operands: calls `use` with a descriptor and a name for each operand, stdin for "-" and for none. */
int each_input(char **operands, int (*use)(int fd, const char *name));
