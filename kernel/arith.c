/*
 * Arithmetic for which the processor has no instruction, in less text than the compiler's own library: that takes 1,200 bytes for what
 * is here. The functions with two underscores are called by what the compiler makes of __builtin_clz and __builtin_ctz.
 */
#include <kernel/arith.h>

static unsigned highest_bit(uintptr_t value)
{
	static const uint8_t of_nibble[16] = {0, 0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3};
	unsigned bit = 0;

#pragma GCC unroll 4
	for (unsigned half = 4 * sizeof value; half >= 4; half /= 2)
		if (value >> half) {
			value >>= half;
			bit += half;
		}
	return bit + of_nibble[value];
}

static unsigned lowest_bit(uintptr_t value)
{
	return highest_bit(value & -value);
}

int __clzsi2(uint32_t value)
{
	return 31 - (int)highest_bit(value);
}

int __ctzsi2(uint32_t value)
{
	return (int)lowest_bit(value);
}

int __clzdi2(uint64_t value)
{
	uint32_t high = (uint32_t)(value >> 32);

	if (sizeof(uintptr_t) == sizeof value)
		return 63 - (int)highest_bit((uintptr_t)value);
	return high ? __clzsi2(high) : 32 + __clzsi2((uint32_t)value);
}

int __ctzdi2(uint64_t value)
{
	uint32_t low = (uint32_t)value;

	if (sizeof(uintptr_t) == sizeof value)
		return (int)lowest_bit((uintptr_t)value);
	return low ? __ctzsi2(low) : 32 + __ctzsi2((uint32_t)(value >> 32));
}

/* The lower half as digits of as many bits as a remainder leaves free in a word. */
static uint32_t divide_lower(uint32_t rest, uint32_t low, uint32_t by, uint32_t *remainder)
{
	unsigned digit = (unsigned)__clzsi2(by), left = 32;
	uint32_t quotient = 0;

	while (left > 0) {
		if (digit > left)
			digit = left;
		rest = rest << digit | low >> (32 - digit);
		low <<= digit;
		quotient = quotient << digit | rest / by;
		rest %= by;
		left -= digit;
	}
	*remainder = rest;
	return quotient;
}

uint64_t divide_by_words(uint64_t value, uint32_t by, uint32_t *remainder)
{
	uint32_t high = (uint32_t)(value >> 32);

	return (uint64_t)(high / by) << 32 | divide_lower(high % by, (uint32_t)value, by, remainder);
}
