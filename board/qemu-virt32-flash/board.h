#pragma once

#include "../shared/qemu_virt.h"
