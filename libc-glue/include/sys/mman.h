/*
 * Mappings without pages: memory of the program's heap, or a copy of a file in it. Nothing keeps a program from accesses that `prot` does
 * not name, there is no granularity (addresses and offsets need no alignment), and nothing is shared with other processes, but for
 * what a child of vfork shares anyway. POSIX <sys/mman.h>, with Linux's values.
 */
#pragma once

#include <sys/types.h>

#define PROT_NONE 0x0
#define PROT_READ 0x1
#define PROT_WRITE 0x2
#define PROT_EXEC 0x4

#define MAP_SHARED 0x01
#define MAP_PRIVATE 0x02
#define MAP_FIXED 0x10
#define MAP_ANONYMOUS 0x20
#define MAP_ANON MAP_ANONYMOUS
#define MAP_FAILED ((void *)-1)

#define MS_ASYNC 0x1
#define MS_INVALIDATE 0x2
#define MS_SYNC 0x4

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Maps `length` bytes: zeros with MAP_ANONYMOUS, private or shared; else those of the regular file `fd` from `offset` on, as they
 * are now, with zeros behind its end. `address` is a hint without effect. Returns the mapping, aligned as malloc's memory, or MAP_FAILED:
 *   EACCES     `fd` is not open for reading
 *   EBADF      it is not open
 *   EINVAL     `length` is 0, the offset negative, or not one of MAP_PRIVATE and MAP_SHARED is given
 *   ENODEV     `fd` is no regular file, or a file is to be shared: its changes cannot be seen
 *   ENOMEM     there is not enough memory
 *   ENOTSUP    MAP_FIXED, or PROT_EXEC: data cannot be executed
 *   EOVERFLOW  the end of the mapping would be larger than an off_t
 * and the errors of read().
 */
void *mmap(void *address, size_t length, int prot, int flags, int fd, off_t offset);

/*
 * Gives back the part of the mapping at `address` that lies within `length` bytes from there; what belongs to no mapping is left alone. The
 * memory of a part is free when it is the end of a mapping, that of another when all parts are. 0, or -1 with EINVAL (`length`
 * is 0) or ENOMEM (no memory to note a hole).
 */
int munmap(void *address, size_t length);

/* Nothing but PROT_READ | PROT_WRITE has an effect. 0, or -1 with ENOMEM (outside of a mapping) or ENOTSUP (any other protection). */
int mprotect(void *address, size_t length, int prot);

/* There is nothing to write. 0, or -1 with EINVAL (flags that exclude each other or are unknown) or ENOMEM (outside of a mapping). */
int msync(void *address, size_t length, int flags);

#ifdef __cplusplus
}
#endif
