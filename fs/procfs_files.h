/*
 * The files of /proc, one row each.
 */
#pragma once

#include <fs/procfs.h>

struct process;

/* Where a file writes itself out: only what lies in the reader's window is kept. */
struct procfs_out {
	char *buf;
	size_t room; /* bytes that still fit */
	size_t skip; /* bytes to throw away first: the file offset */
	size_t done; /* bytes kept */
};

struct procfs_file {
	const char *name;
	bool of_process; /* in /proc/<pid>, else in /proc */
	void (*show)(struct procfs_out *out, const struct process *process);
	long (*write)(const char *text, size_t count);
};

extern const struct procfs_file procfs_files[];
extern const unsigned procfs_file_count;
