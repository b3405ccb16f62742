/*
 * Sizes of this board's kernel. kernel/config.h has more of them, with what they are when they do not stand here.
 */
#pragma once

#define CONFIG_KSTACK_WORDS 256      /* kernel stack of a thread, registers of user mode included */
#define CONFIG_BOOT_STACK_WORDS 256  /* boot, then the idle thread and interrupts that come while it runs */
#define CONFIG_PANIC_STACK_WORDS 160 /* report of a trap inside the kernel; 0: on the boot stack */
#define CONFIG_KLOG_SIZE 512         /* bytes of kernel log that are kept */
#define CONFIG_PROCESS_MAX 32        /* processes, zombies included */
#define CONFIG_SLICES_PER_SECOND 100 /* SCHED_RR */
