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

/* A board may leave these out: then there is nothing at the address, and the directory stays what it is in the image. */
extern const struct fs devpts __attribute__((weak)), tmpfs __attribute__((weak));

static const struct {
	const char *path;
	const struct fs *fs;
} mounts[] = {
	{"/tmp", &tmpfs},
	{"/dev", &devfs},
	{"/dev/pts", &devpts},
	{"/proc", &procfs},
};

void fs_init(const void *romfs, size_t size)
{
	if (romfs_init(&root, romfs, size))
		PANIC("the root file system is not a romfs image");
	vfs_mount("/", &root.fs);
	for (unsigned i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++)
		if (mounts[i].fs)
			vfs_mount(mounts[i].path, mounts[i].fs);
}
