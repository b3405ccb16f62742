/* Flash memory through /dev/mtd*: requests of ioctl(), with Linux's names and numbers. mtd(4). */
#pragma once

#include <stdint.h>

#define MEMGETINFO 0x4d01 /* struct mtd_info_user * */
#define MEMERASE 0x4d02	  /* const struct erase_info_user * */

#define MTD_NORFLASH 3
#define MTD_WRITEABLE 0x400
#define MTD_BIT_WRITEABLE 0x800
#define MTD_CAP_NORFLASH (MTD_WRITEABLE | MTD_BIT_WRITEABLE)

struct mtd_info_user {
	uint8_t type;
	uint32_t flags; /* 0: programs may not write the partition */
	uint32_t size, erasesize, writesize, oobsize;
	char name[16]; /* not in Linux */
};

/* Whole erase blocks of the partition. */
struct erase_info_user {
	uint32_t start, length;
};
