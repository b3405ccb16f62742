/*
 * flash: shows, erases, writes and checks the flash partitions, /dev/mtd*. A partition is given by its name or by its device's.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "num.h"
#include "out.h"
#include "partition.h"
#include "table.h"

const char app_name[] = "flash";
const char app_usage[] = "info | check | erase PARTITION [OFFSET [LENGTH]] | write FILE PARTITION";

#define BUFFER 512

static int info(void)
{
	struct mtd_info_user mtd;
	int fd;

	out_str("device      size     erase  mode  name\n");
	for (unsigned number = 0; (fd = partition_open_number(number, O_RDONLY, &mtd)) >= 0; number++) {
		out_str("mtd");
		out_num(number);
		out_str(number < 10 ? " " : "");
		out_num_right(mtd.size, 12);
		out_num_right(mtd.erasesize, 10);
		out_str(mtd.flags & MTD_WRITEABLE ? "  rw    " : "  ro    ");
		out_str(mtd.name);
		out_char('\n');
		close(fd);
	}
	return out_end(0);
}

static int erase(char **argv)
{
	struct mtd_info_user mtd;
	struct erase_info_user range;
	unsigned long offset = 0, length;
	int fd = partition_open(argv[0], O_RDWR, &mtd);

	if (fd < 0)
		return msg_error(argv[0]);
	if (argv[1] && num_parse(argv[1], &offset))
		return msg_text(argv[1], "not a number");
	length = offset < mtd.size ? mtd.size - offset : 0;
	if (argv[1] && argv[2] && num_parse(argv[2], &length))
		return msg_text(argv[2], "not a number");
	range = (struct erase_info_user){(uint32_t)offset, (uint32_t)length};
	return ioctl(fd, MEMERASE, &range) ? msg_error(argv[0]) : 0;
}

/* Bytes up to `size` of a file; fewer at its end. */
static ssize_t read_full(int fd, char *bytes, size_t size)
{
	size_t have = 0;
	ssize_t n = 1;

	while (have < size && (n = read(fd, bytes + have, size - have)) > 0)
		have += (size_t)n;
	return n < 0 ? -1 : (ssize_t)have;
}

/* One part: the erase block that begins here first, then the bytes, then a look at what is there. */
static int write_part(int to, const struct mtd_info_user *mtd, uint32_t offset, const char *bytes, size_t count)
{
	struct erase_info_user block = {offset, mtd->erasesize};
	char back[BUFFER];

	if (offset % mtd->erasesize == 0 && ioctl(to, MEMERASE, &block))
		return -1;
	if (lseek(to, (off_t)offset, SEEK_SET) < 0 || write_all(to, bytes, count))
		return -1;
	return lseek(to, (off_t)offset, SEEK_SET) < 0 || read_full(to, back, count) != (ssize_t)count ? -1 :
												       memcmp(bytes, back, count);
}

static int copy(int from, const char *name, int to, const char *target, const struct mtd_info_user *mtd)
{
	char bytes[BUFFER];
	ssize_t n;

	for (uint32_t offset = 0; (n = read_full(from, bytes, sizeof bytes)) > 0; offset += (uint32_t)n) {
		int error = write_part(to, mtd, offset, bytes, (size_t)n);

		if (error)
			return error < 0 ? msg_error(target) : msg_text(target, "other bytes are read back");
	}
	return n < 0 ? msg_error(name) : 0;
}

static int write_file(char **argv)
{
	struct mtd_info_user mtd;
	off_t size;
	int to, from = open(argv[0], O_RDONLY);

	if (from < 0)
		return msg_error(argv[0]);
	to = partition_open(argv[1], O_RDWR, &mtd);
	if (to < 0)
		return msg_error(argv[1]);
	size = lseek(from, 0, SEEK_END);
	if (size >= 0 && (uint32_t)size > mtd.size)
		return msg_text(argv[0], "does not fit the partition");
	lseek(from, 0, SEEK_SET);
	return copy(from, argv[0], to, argv[1], &mtd);
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";

	if (strcmp(verb, "info") == 0 && argc == 2)
		return info();
	if (strcmp(verb, "check") == 0 && argc == 2)
		return table_check();
	if (strcmp(verb, "erase") == 0 && argc >= 3 && argc <= 5)
		return erase(argv + 2);
	if (strcmp(verb, "write") == 0 && argc == 4)
		return write_file(argv + 2);
	return usage();
}
