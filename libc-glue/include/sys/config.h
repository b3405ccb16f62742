/*
 * newlib's configuration with what suits a small machine: read and write as POSIX has them, modest stdio buffers, and one
 * struct _reent a thread, which lies a fixed distance below tp (src/thread/thread.h).
 */
#ifndef SUBLET_SYS_CONFIG_H
#define SUBLET_SYS_CONFIG_H

#define _READ_WRITE_RETURN_TYPE _ssize_t
#define _READ_WRITE_BUFSIZE_TYPE __SIZE_TYPE__
#define __BUFSIZ__ 512

/* Bytes between a thread's struct _reent and tp: struct thread_tail. */
#define __THREAD_TAIL_SIZE (2 * __SIZEOF_POINTER__ + 8)

#define __DYNAMIC_REENT__
/* What an object needs that uses tp: the first thread's structures, and the instructions that set tp (crt/main_thread.S). */
#define __NEEDS_THREAD_POINTER __asm__ __inline__(".globl __main_thread")

#define __getreent()                                                                                                   \
	(__extension__({                                                                                               \
		__NEEDS_THREAD_POINTER;                                                                                \
		(struct _reent *)(void *)((char *)__builtin_thread_pointer() - __THREAD_TAIL_SIZE) - 1;                \
	}))

#include_next <sys/config.h>

#endif
