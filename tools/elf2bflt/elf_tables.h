/*
 * Part of image_open(): see elf_tables.c. Each returns 0, or -1 with the image's error filled.
 */
#pragma once

#include "elf_image.h"

int tables_read_symbols(struct image *image);
int tables_read_relas(struct image *image);
