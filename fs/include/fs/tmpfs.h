/*
 * File system in kernel memory, empty at boot.
 */
#pragma once

#include <fs/vfs.h>

/* Bytes of file data that are allocated at a time; a power of two. */
#ifndef TMPFS_BLOCK
#define TMPFS_BLOCK 256
#endif

extern const struct fs tmpfs;
