/*
 * Walks the structure block of a flattened device tree (devicetree specification 0.4, chapter 5) for /memory's reg.
 */
#include "fdt.h"

#include <stddef.h>

#define FDT_MAGIC 0xd00dfeedu
#define FDT_BEGIN_NODE 1u
#define FDT_END_NODE 2u
#define FDT_PROP 3u
#define FDT_NOP 4u

static uint32_t big32(const void *p)
{
	return __builtin_bswap32(*(const uint32_t *)p);
}

static uint64_t big64(const void *p)
{
	return (uint64_t)big32(p) << 32 | big32((const uint32_t *)p + 1);
}

static bool starts_with(const char *s, const char *prefix)
{
	while (*prefix)
		if (*s++ != *prefix++)
			return false;
	return true;
}

/* Not "reg-names" and its like. */
static bool is_reg(const char *name)
{
	return starts_with(name, "reg") && name[3] == '\0';
}

static const uint32_t *skip_name(const uint32_t *p)
{
	const char *s = (const char *)p;

	while (*s)
		s++;
	return (const uint32_t *)(((uintptr_t)s + 4) & ~(uintptr_t)3);
}

bool fdt_memory(const void *tree, uint64_t *base, uint64_t *size)
{
	const char *start = tree, *strings;
	const uint32_t *p;
	bool in_memory = false;

	if (!tree || ((uintptr_t)tree & 3) || big32(start) != FDT_MAGIC)
		return false;
	p = (const uint32_t *)(start + big32(start + 8));
	strings = start + big32(start + 12);
	for (;;) {
		uint32_t token = big32(p++);

		if (token == FDT_BEGIN_NODE) {
			in_memory = starts_with((const char *)p, "memory@");
			p = skip_name(p);
		} else if (token == FDT_PROP) {
			uint32_t length = big32(p);

			if (in_memory && length >= 16 && is_reg(strings + big32(p + 1))) {
				*base = big64(p + 2);
				*size = big64(p + 4);
				return true;
			}
			p += 2 + (length + 3) / 4;
		} else if (token != FDT_END_NODE && token != FDT_NOP) {
			return false;
		}
	}
}
