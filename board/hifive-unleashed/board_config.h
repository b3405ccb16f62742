/*
 * Sizes of this board's kernel: those of QEMU's virt, for it has as much memory.
 */
#pragma once

#include "../shared/qemu_virt_config.h"

#define CONFIG_MTD 1 /* /dev/mtd* */
