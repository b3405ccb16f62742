/*
 * /dev/mtd0, /dev/mtd1, ...: the partitions of drivers/mtd.h as block devices.
 */
#pragma once

#include <fs/vfs.h>

#define MTD_NAME_MAX 8 /* "mtd" and a number */

/* Whether there is a partition with that number. */
bool mtd_exists(unsigned number);
/* The number in a device's name; negative when no partition is called so. */
int mtd_number(const char *name, size_t length);
/* Makes the name, and returns its length. */
size_t mtd_name(unsigned number, char name[MTD_NAME_MAX]);
/* -EROFS when file->flags ask for writing a partition that programs may not write. */
int mtd_open(struct file *file, unsigned number);
void mtd_stat(unsigned number, struct abi_stat *st);
