/*
 * newlib's <stdio.h>, and two functions that it has by other names.
 */
#ifndef SUBLET_STDIO_H
#define SUBLET_STDIO_H

#include_next <stdio.h>

#if __POSIX_VISIBLE >= 200809

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The next line of the stream with its newline, or all up to the delimiter, as a string in *line: memory of malloc with room for *size bytes,
 * or NULL, which both grow. The length; -1 at the end of the stream, or with errno: EINVAL, ENOMEM, or what the stream says.
 */
ssize_t getline(char **__restrict line, size_t *__restrict size, FILE *__restrict stream);
ssize_t getdelim(char **__restrict line, size_t *__restrict size, int delimiter, FILE *__restrict stream);

#ifdef __cplusplus
}
#endif

#endif

#endif
