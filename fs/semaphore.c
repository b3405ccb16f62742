/*
 * Named semaphores. sem_open gives a descriptor: reading an int from it waits, writing the int 1 posts; what else there is goes by ioctl
 * (ABI_SEM_*). A semaphore exists while it has a name or is open. Names are all in one place, apart from files.
 */
#include <fs/file.h>
#include <kernel/mem.h>
#include <kernel/sem.h>
#include <kernel/string.h>
#include <proc/clock.h>
#include <proc/process.h>
#include <proc/syscalls.h>
#include <proc/user.h>

#include "names.h"

#define VALUE_MAX 0x7fffffffu

struct semaphore {
	struct list link;   /* in `named`, while it has its name */
	struct sem sem;
	unsigned refs;      /* open files, and one for the name */
	char name[];
};

static struct list named = LIST_INIT(named);

static struct semaphore *find(const char *name)
{
	size_t size = strlen(name) + 1;

	list_for_each(it, &named) {
		struct semaphore *semaphore = list_entry(it, struct semaphore, link);

		if (strlen(semaphore->name) + 1 == size && names_equal(semaphore->name, name, size))
			return semaphore;
	}
	return NULL;
}

static void put(struct semaphore *semaphore)
{
	if (--semaphore->refs == 0)
		mem_free(semaphore);
}

static long wait_until(struct file *file, ticks_t deadline)
{
	struct semaphore *semaphore = file->data;
	int error = sem_try_take(&semaphore->sem);

	if (error < 0 && !(file->flags & ABI_O_NONBLOCK))
		error = sem_take(&semaphore->sem, SLEEP_INTERRUPTIBLE, deadline);
	return error;
}

static long semaphore_read(struct file *file, void *buf, size_t count)
{
	static const int one = 1;
	long error = count == sizeof one ? wait_until(file, TICKS_NEVER) : -EINVAL;

	if (error < 0)
		return error;
	error = user_copy_out(buf, &one, sizeof one);
	if (error < 0)
		sem_give(&((struct semaphore *)file->data)->sem);
	return error < 0 ? error : (long)sizeof one;
}

static long semaphore_write(struct file *file, const void *buf, size_t count)
{
	struct semaphore *semaphore = file->data;
	int value = 0;

	if (count == sizeof value)
		memcpy(&value, buf, sizeof value);
	if (value != 1)
		return -EINVAL;
	if (semaphore->sem.count == VALUE_MAX)
		return -EOVERFLOW;
	sem_give(&semaphore->sem);
	return sizeof value;
}

static int semaphore_ioctl(struct file *file, unsigned long request, uintptr_t arg)
{
	struct semaphore *semaphore = file->data;
	struct abi_sem_wait wait;
	ticks_t deadline;
	int error;

	if (request == ABI_SEM_GETVALUE) {
		int value = (int)semaphore->sem.count;

		return user_copy_out((void *)arg, &value, sizeof value);
	}
	if (request != ABI_SEM_TIMEDWAIT)
		return -ENOTTY;
	error = user_copy_in(&wait, (const void *)arg, sizeof wait);
	if (error < 0 || sem_try_take(&semaphore->sem) == 0)
		return error;
	error = clock_until(&wait.deadline, wait.clock, &deadline);
	return error < 0 ? error : (int)wait_until(file, deadline);
}

static void semaphore_close(struct file *file)
{
	put(file->data);
}

static const struct file_ops semaphore_ops = {
	.read = semaphore_read,
	.write = semaphore_write,
	.ioctl = semaphore_ioctl,
	.close = semaphore_close,
};

/* One that has a name, and is not open yet. NULL without memory. */
static struct semaphore *create(const char *name, unsigned value)
{
	size_t size = strlen(name) + 1;
	struct semaphore *semaphore = mem_alloc(sizeof *semaphore + size);

	if (!semaphore)
		return NULL;
	sem_make(&semaphore->sem, value);
	semaphore->refs = 1;
	memcpy(semaphore->name, name, size);
	list_append(&named, &semaphore->link);
	return semaphore;
}

static void unname(struct semaphore *semaphore)
{
	list_unlink(&semaphore->link);
	put(semaphore);
}

static int install(struct semaphore *semaphore)
{
	struct file *file = file_alloc(&semaphore_ops, ABI_O_RDWR);
	int fd;

	if (!file)
		return -ENOMEM;
	semaphore->refs++;
	file->data = semaphore;
	fd = fdtable_install(&process_current()->files, file, 0, true);
	if (fd < 0)
		file_release(file);
	return fd;
}

static int name_check(const char *name)
{
	long length = user_string(name, ABI_NAME_MAX + 1);

	if (length < 0)
		return (int)length;
	return length < 2 || name[0] != '/' ? -EINVAL : 0;
}

long sys_sem_open(const char *name, int flags, int mode, unsigned value)
{
	int fd, error = name_check(name);
	struct semaphore *semaphore;
	bool fresh;

	(void)mode; /* there is one user */
	if (error < 0)
		return error;
	semaphore = find(name);
	fresh = !semaphore;
	if (fresh && !(flags & ABI_O_CREAT))
		return -ENOENT;
	if (!fresh && (flags & ABI_O_CREAT) && (flags & ABI_O_EXCL))
		return -EEXIST;
	if (fresh && value > VALUE_MAX)
		return -EINVAL;
	if (fresh)
		semaphore = create(name, value);
	if (!semaphore)
		return -ENOMEM;
	fd = install(semaphore);
	if (fd < 0 && fresh)
		unname(semaphore);
	return fd;
}

long sys_sem_unlink(const char *name)
{
	int error = name_check(name);
	struct semaphore *semaphore = error < 0 ? NULL : find(name);

	if (!semaphore)
		return error < 0 ? error : -ENOENT;
	unname(semaphore);
	return 0;
}
