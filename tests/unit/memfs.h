/*
 * A file system of a few files in one directory, for programs to be loaded from: in place or by
 * reading, with read errors, links, and counts of all holds and denials.
 */
#pragma once

#include <abi/abi.h>
#include <fs/vfs.h>

#define MEMFS_PROGRAM (ABI_S_IFREG | 0755)
#define MEMFS_PLAIN (ABI_S_IFREG | 0644)
#define MEMFS_LINK (ABI_S_IFLNK | 0777)

struct memfs_file {
	const char *name;
	const void *bytes;
	size_t size;
	uint32_t mode;
	bool direct;      /* can be executed where it lies */
	bool busy;        /* denying writers is refused: it is open for writing */
	int reads_left;   /* reads after that many fail with EIO; negative: never */
	int holds, denied; /* counted */
};

/* Forgets all files, and mounts the file system as the root if that was not done yet. */
void memfs_reset(void);
/* Adds a file, read in place. Its fields may be changed afterwards. */
struct memfs_file *memfs_add(const char *name, const void *bytes, size_t size, uint32_t mode);
struct node memfs_node(const struct memfs_file *file);
/* Fails the test when a file is still held or denied to writers. */
void memfs_assert_released(void);
