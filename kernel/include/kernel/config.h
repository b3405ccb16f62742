/*
 * Sizes that the board chooses (board/<name>/board_config.h), with the reasons beside each.
 */
#pragma once

#include <board_config.h>

/* What a board with memory to spare need not choose. */
#ifndef CONFIG_MEM_ROWS
#define CONFIG_MEM_ROWS 28 /* the allocator's rows of sizes: blocks of up to 2^(4 + rows) bytes are sorted by size, larger ones share a row */
#endif
#ifndef CONFIG_ASSERT_TEXT
#define CONFIG_ASSERT_TEXT 1 /* a failed assertion is quoted; 0: only its place is told */
#endif
#ifndef CONFIG_LINE_INPUT
#define CONFIG_LINE_INPUT 256 /* bytes typed ahead, a power of two: a canonical line of MAX_CANON 255 bytes, newline included, and one more */
#endif
#ifndef CONFIG_LINE_OUTPUT
#define CONFIG_LINE_OUTPUT 64 /* bytes that wait for the console, a power of two */
#endif
#ifndef CONFIG_PIPE_SIZE
#define CONFIG_PIPE_SIZE 512 /* bytes in a pipe, a power of two: less than ABI_PIPE_BUF promises is not written as a whole */
#endif
#ifndef CONFIG_ROMFS_RECENT
#define CONFIG_ROMFS_RECENT 16 /* names that a romfs remembers, a power of two */
#endif
#ifndef CONFIG_FILL_STACKS
#define CONFIG_FILL_STACKS 0 /* kernel stacks are filled, so that /proc/PID/status can tell how deep they went; 300 instructions a process */
#endif
#ifndef CONFIG_VFORK_FLAGS
#define CONFIG_VFORK_FLAGS 0 /* that every vfork has: ABI_FORK_SIGDFL makes Solaris's rule about handlers the system's */
#endif
#ifndef CONFIG_THREAD_MAX
#define CONFIG_THREAD_MAX 32 /* threads of one process: thread_create gives EAGAIN beyond */
#endif

/* Whether there are flash partitions, /dev/mtd*; the code drops out where there are none. */
#ifndef CONFIG_MTD
#define CONFIG_MTD 0
#endif

#ifndef __ASSEMBLER__
_Static_assert(CONFIG_KSTACK_WORDS % 4 == 0, "stacks stay aligned to 16 bytes");
#endif
