/*
 * The little that is read from a flattened device tree.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Base and size of the first memory node, whose cells are 2 + 2. False when `tree` is NULL, no tree, or has no such node. */
bool fdt_memory(const void *tree, uint64_t *base, uint64_t *size);
