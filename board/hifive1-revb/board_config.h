/*
 * Sizes of this board's kernel: 16 KiB for everything. docs/memory.md has the picture.
 */
#pragma once

#define CONFIG_KSTACK_WORDS 192
#define CONFIG_BOOT_STACK_WORDS 136
#define CONFIG_PANIC_STACK_WORDS 0 /* a report of a trap inside the kernel uses the boot stack */
#define CONFIG_KLOG_SIZE 64
#define CONFIG_PROCESS_MAX 8
#define CONFIG_SLICES_PER_SECOND 100
#define CONFIG_MEM_ROWS 10
#define CONFIG_LINE_INPUT 128 /* MAX_CANON is shorter than POSIX wants */
#define CONFIG_LINE_OUTPUT 32
#define CONFIG_ROMFS_RECENT 4
#define CONFIG_PIPE_SIZE 256 /* so is PIPE_BUF */
#define CONFIG_ASSERT_TEXT 0
