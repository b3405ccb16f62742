#pragma once

#include "../shared/qemu_virt_config.h"

#define CONFIG_MTD 1 /* /dev/mtd* */
