/* newlib's <sys/stat.h>, and lstat, which it declares for other systems only. */
#ifndef SUBLET_SYS_STAT_H
#define SUBLET_SYS_STAT_H

#include_next <sys/stat.h>

#ifdef __cplusplus
extern "C" {
#endif

/* As stat, but of a symbolic link itself. */
int lstat(const char *__restrict path, struct stat *__restrict st);

#ifdef __cplusplus
}
#endif

#endif
