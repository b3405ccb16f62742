/*
 * Sizes of this board's kernel.
 */
#pragma once

#define CONFIG_KSTACK_WORDS 256      /* kernel stack of a thread, registers of user mode included */
#define CONFIG_BOOT_STACK_WORDS 256  /* boot, then the idle thread and interrupts that come while it runs */
#define CONFIG_PANIC_STACK_WORDS 160 /* report of a trap inside the kernel */
#define CONFIG_KLOG_SIZE 1024        /* bytes of kernel log that are kept */
#define CONFIG_PROCESS_MAX 64        /* processes, zombies included: vfork gives EAGAIN beyond */
#define CONFIG_SLICES_PER_SECOND 100 /* SCHED_RR */

/* Kernel stacks are filled so that /proc/<pid>/status can tell how deep they went. Costs about 300 instructions a process. */
#ifdef SUBLET_DEBUG
#define CONFIG_FILL_STACKS 1
#else
#define CONFIG_FILL_STACKS 0
#endif

/* Flags that every vfork has: ABI_FORK_SIGDFL makes Solaris's rule about handlers the system's. */
#ifndef CONFIG_VFORK_FLAGS
#define CONFIG_VFORK_FLAGS 0
#endif
