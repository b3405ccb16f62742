/*
 * Flash partitions as files. Reading and programming go on at any byte, in small parts with a preemption point between two; erasing goes by
 * erase blocks. Each part takes the chip's lock, which is held while the chip is busy and its driver sleeps: no other lock is taken under it.
 */
#include <drivers/mtd.h>
#include <fs/file.h>
#include <fs/mtd.h>
#include <kernel/string.h>
#include <kernel/thread.h>
#include <proc/user.h>

#define READ_MAX 512u

static struct mtd *partition(unsigned number)
{
	struct mtd *mtd = mtd_first;

	while (mtd && number--)
		mtd = mtd->next;
	return mtd;
}

bool mtd_exists(unsigned number)
{
	return partition(number) != NULL;
}

int mtd_number(const char *name, size_t length)
{
	char right[MTD_NAME_MAX];

	for (unsigned number = 0; mtd_exists(number); number++)
		if (mtd_name(number, right) == length && memcmp(name, right, length) == 0)
			return (int)number;
	return -1;
}

size_t mtd_name(unsigned number, char name[MTD_NAME_MAX])
{
	size_t length = 3;

	memcpy(name, "mtd", length);
	if (number >= 10)
		name[length++] = (char)('0' + number / 10 % 10);
	name[length++] = (char)('0' + number % 10);
	return length;
}

/* How much of `count` lies between the file's offset and the partition's end, up to the next multiple of `part`. */
static size_t part_at(const struct mtd *mtd, size_t offset, size_t count, size_t part)
{
	size_t left = offset < mtd->size ? mtd->size - offset : 0;

	part -= offset % part;
	if (part > left)
		part = left;
	return part < count ? part : count;
}

static int chip_lock(struct mtd_chip *chip)
{
	return mutex_lock(&chip->lock, SLEEP_INTERRUPTIBLE, TICKS_NEVER);
}

/* `buf` was checked before the lock was waited for. */
static int read_part(const struct mtd *mtd, size_t offset, void *buf, size_t count)
{
	struct mtd_chip *chip = mtd->chip;
	int error = chip_lock(chip);

	if (error)
		return error;
	error = user_writable(buf, count) ? chip->ops->read(chip, (uint32_t)(mtd->offset + offset), buf, count) : -EFAULT;
	mutex_unlock(&chip->lock);
	return error;
}

/* The bytes are taken before anything can sleep. */
static int program_part(const struct mtd *mtd, size_t offset, const void *buf, size_t count)
{
	struct mtd_chip *chip = mtd->chip;
	uint8_t bytes[MTD_PROGRAM_MAX];
	int error;

	if (!user_readable(buf, count))
		return -EFAULT;
	memcpy(bytes, buf, count);
	error = chip_lock(chip);
	if (error)
		return error;
	error = chip->ops->program(chip, (uint32_t)(mtd->offset + offset), bytes, count);
	mutex_unlock(&chip->lock);
	return error;
}

static long mtd_read(struct file *file, void *buf, size_t count)
{
	const struct mtd *mtd = file->data;
	size_t done = 0, part;

	while ((part = part_at(mtd, file->offset, count - done, READ_MAX)) > 0) {
		int error = read_part(mtd, file->offset, (char *)buf + done, part);

		if (error)
			return done ? (long)done : error;
		file->offset += part;
		done += part;
		thread_preempt_point();
	}
	return (long)done;
}

static long mtd_write(struct file *file, const void *buf, size_t count)
{
	const struct mtd *mtd = file->data;
	size_t done = 0, part;

	while ((part = part_at(mtd, file->offset, count - done, MTD_PROGRAM_MAX)) > 0) {
		int error = program_part(mtd, file->offset, (const char *)buf + done, part);

		if (error)
			return done ? (long)done : error;
		file->offset += part;
		done += part;
		thread_preempt_point();
	}
	return done || !count ? (long)done : -ENOSPC;
}

static long mtd_lseek(struct file *file, long offset, int whence)
{
	const struct mtd *mtd = file->data;

	return file_seek(file, mtd->size, offset, whence);
}

static int get_info(const struct mtd *mtd, uintptr_t arg)
{
	struct abi_mtd_info info = {.type = ABI_MTD_NORFLASH, .size = mtd->size, .erasesize = mtd->chip->erase_size, .writesize = 1};
	size_t length = strlen(mtd->name);

	info.flags = mtd->writable ? ABI_MTD_CAP_NORFLASH : 0;
	memcpy(info.name, mtd->name, length < sizeof(info.name) ? length : sizeof(info.name) - 1);
	return user_copy_out((void *)arg, &info, sizeof(info));
}

/* Block by block; a signal ends it between two. */
static int erase(const struct file *file, uintptr_t arg)
{
	const struct mtd *mtd = file->data;
	struct mtd_chip *chip = mtd->chip;
	struct abi_mtd_erase range;
	int error = user_copy_in(&range, (const void *)arg, sizeof(range));

	if (error)
		return error;
	if ((file->flags & ABI_O_ACCMODE) == ABI_O_RDONLY)
		return -EBADF;
	if (!range.length || (range.start | range.length) & (chip->erase_size - 1) || range.start >= mtd->size ||
		range.length > mtd->size - range.start)
		return -EINVAL;
	for (uint32_t done = 0; done < range.length; done += chip->erase_size) {
		error = thread_current()->work & THREAD_WORK_SIGNAL ? -EINTR : chip_lock(chip);
		if (error)
			return error;
		error = chip->ops->erase(chip, mtd->offset + range.start + done);
		mutex_unlock(&chip->lock);
		if (error)
			return error;
		thread_preempt_point();
	}
	return 0;
}

static int mtd_ioctl(struct file *file, unsigned long request, uintptr_t arg)
{
	if (request == ABI_MEMGETINFO)
		return get_info(file->data, arg);
	return request == ABI_MEMERASE ? erase(file, arg) : -ENOTTY;
}

static const struct file_ops mtd_ops = {.read = mtd_read, .write = mtd_write, .lseek = mtd_lseek, .ioctl = mtd_ioctl};

int mtd_open(struct file *file, unsigned number)
{
	struct mtd *mtd = partition(number);

	if (!mtd->writable && (file->flags & ABI_O_ACCMODE) != ABI_O_RDONLY)
		return -EROFS;
	file->ops = &mtd_ops;
	file->data = mtd;
	return 0;
}

void mtd_stat(unsigned number, struct abi_stat *st)
{
	const struct mtd *mtd = partition(number);

	st->st_rdev = (int16_t)(2 << 8 | number);
	st->st_size = (long)mtd->size;
	st->st_blksize = (long)mtd->chip->erase_size;
}
