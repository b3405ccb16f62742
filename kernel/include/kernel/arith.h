/*
 * Arithmetic of more bits than the processor's instructions have. Any context.
 */
#pragma once

#include <stdint.h>

/* The same as divide, for processors of 32 bits, where the operator / takes 900 bytes of text. */
uint64_t divide_by_words(uint64_t value, uint32_t by, uint32_t *remainder);

/* value / by, and what remains. `by` is neither 0 nor above INT32_MAX. */
static inline uint64_t divide(uint64_t value, uint32_t by, uint32_t *remainder)
{
	if (sizeof(uintptr_t) < sizeof value)
		return divide_by_words(value, by, remainder);
	*remainder = (uint32_t)(value % by);
	return value / by;
}

/* What __builtin_clz and __builtin_ctz become, for 32 and 64 bits; undefined for 0. Source: GCC internals, "Integer library routines". */
int __clzsi2(uint32_t value);
int __clzdi2(uint64_t value);
int __ctzsi2(uint32_t value);
int __ctzdi2(uint64_t value);
