/*
 * Sizes of this board's kernel: 32 KiB for everything.
 */
#pragma once

#define CONFIG_KSTACK_WORDS 192
#define CONFIG_BOOT_STACK_WORDS 192
#define CONFIG_PANIC_STACK_WORDS 0 /* a report of a trap inside the kernel uses the boot stack */
#define CONFIG_KLOG_SIZE 256
#define CONFIG_PROCESS_MAX 16
#define CONFIG_SLICES_PER_SECOND 100
#define CONFIG_MEM_ROWS 11
#define CONFIG_ROMFS_RECENT 8
#define CONFIG_ASSERT_TEXT 0
