/* Addresses that are no program's on any board that runs these tests. */
#pragma once

#include <stdint.h>

#define KERNEL ((uintptr_t)0x80000000u)
#define UART ((uintptr_t)0x10000000u)
