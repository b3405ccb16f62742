/*
 * Read-only file system over an image made by genromfs, in memory. Files lie in one piece, so programs run
 * where they are.
 */
#pragma once

#include <fs/vfs.h>
#include <kernel/config.h>

/* Names found lately, so that a directory is not searched anew for the program that runs again and again. Each
 * place remembers one. */
#define ROMFS_RECENT CONFIG_ROMFS_RECENT

struct romfs {
	struct fs fs; /* what to mount */
	const uint8_t *image;
	size_t size;
	struct {
		uint32_t dir, header; /* header 0: empty */
	} recent[ROMFS_RECENT];
};

/* Prepares `romfs` for an image of `size` bytes, which may be hostile: nothing outside it is ever read.
 * 0, or -EINVAL when it is not a romfs image. */
int romfs_init(struct romfs *romfs, const void *image, size_t size);
