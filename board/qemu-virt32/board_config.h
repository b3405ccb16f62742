#pragma once

#include "../shared/qemu_virt_config.h"
