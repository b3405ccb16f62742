/*
 * Flash partitions by name or number.
 */
#pragma once

#include <mtd/mtd-user.h>
#include <sys/ioctl.h>

/* Opens /dev/mtd<number> and asks what it is. A descriptor, or -1 with errno. */
int partition_open_number(unsigned number, int flags, struct mtd_info_user *mtd);
/* The same for a path, or the name of a partition: "data". */
int partition_open(const char *name, int flags, struct mtd_info_user *mtd);
