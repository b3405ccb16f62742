/*
 * What is mounted where.
 */
#include <fs/devfs.h>
#include <fs/init.h>
#include <fs/procfs.h>
#include <fs/romfs.h>
#include <fs/tmpfs.h>
#include <kernel/panic.h>

static struct romfs root;

void fs_init(const void *romfs, size_t size)
{
	if (romfs_init(&root, romfs, size))
		PANIC("the root file system is not a romfs image");
	vfs_mount("/", &root.fs);
	vfs_mount("/tmp", &tmpfs);
	vfs_mount("/dev", &devfs);
	vfs_mount("/proc", &procfs);
}
