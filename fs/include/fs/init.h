/*
 * Start of the file systems.
 */
#pragma once

#include <stddef.h>

/* Mounts the image as the root, and /tmp, /dev and /proc on directories of it. Boot, once. Panics when the
 * image is not a romfs or lacks one of the directories. */
void fs_init(const void *romfs, size_t size);
