/*
 * Sizes of this board's kernel: 16 KiB for everything. docs/memory.md has the picture.
 */
#pragma once

#define CONFIG_KSTACK_WORDS 256
#define CONFIG_BOOT_STACK_WORDS 256
#define CONFIG_PANIC_STACK_WORDS 160
#define CONFIG_KLOG_SIZE 128
#define CONFIG_PROCESS_MAX 8
#define CONFIG_SLICES_PER_SECOND 100

#define CONFIG_FILL_STACKS 0
#define CONFIG_VFORK_FLAGS 0
