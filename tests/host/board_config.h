/*
 * Sizes of the native build.
 */
#pragma once

#define CONFIG_KSTACK_WORDS 8192 /* sanitizers need room */
#define CONFIG_KLOG_SIZE 4096
#define CONFIG_PROCESS_MAX 16
#define CONFIG_SLICES_PER_SECOND 100
