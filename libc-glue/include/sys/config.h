/* newlib's configuration with what suits a small machine: read and write as POSIX has them, and modest stdio buffers. */
#ifndef SUBLET_SYS_CONFIG_H
#define SUBLET_SYS_CONFIG_H

#define _READ_WRITE_RETURN_TYPE _ssize_t
#define _READ_WRITE_BUFSIZE_TYPE __SIZE_TYPE__
#define __BUFSIZ__ 512

#include_next <sys/config.h>

#endif
