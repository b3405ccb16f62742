/*
 * Processes and the machine as files in /proc.
 */
#pragma once

#include <fs/vfs.h>

extern const struct fs procfs;

/* Bytes of the kernel's code with constants, and of its static data. Given by the architecture, from linker
 * symbols. */
void board_memory(size_t *text, size_t *data);
