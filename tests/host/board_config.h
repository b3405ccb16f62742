/*
 * Sizes of the native build.
 */
#pragma once

#define CONFIG_MTD 1

#define CONFIG_KSTACK_WORDS 8192 /* sanitizers need room */
#define CONFIG_KLOG_SIZE 4096
#define CONFIG_PROCESS_MAX 16
#define CONFIG_SLICES_PER_SECOND 100

/* Kernel stacks are filled so that /proc/<pid>/status can tell how deep they went. Costs about 300
 * instructions a process. */
#ifdef SUBLET_DEBUG
#define CONFIG_FILL_STACKS 1
#else
#define CONFIG_FILL_STACKS 0
#endif

/* Flags that every vfork has: ABI_FORK_SIGDFL makes Solaris's rule about handlers the system's. */
#ifndef CONFIG_VFORK_FLAGS
#define CONFIG_VFORK_FLAGS 0
#endif
