/*
 * Sizes that the board chooses (board/<name>/board_config.h), with the reasons beside each.
 */
#pragma once

#include <board_config.h>

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
