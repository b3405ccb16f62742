/*
 * Arithmetic for which processors have no instruction, against the host's.
 */
#include "unit.h"

#include <kernel/arith.h>

static uint64_t random_bits(void)
{
	static uint64_t state = 88172645463325252u;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static void bits_are_counted_from_both_ends_of_words(void **state)
{
	(void)state;
	for (int bit = 0; bit < 32; bit++) {
		uint32_t alone = UINT32_C(1) << bit, noise = (uint32_t)random_bits();

		assert_int_equal(__clzsi2(alone), 31 - bit);
		assert_int_equal(__clzsi2(alone | (noise & (alone - 1))), 31 - bit);
		assert_int_equal(__ctzsi2(alone), bit);
		assert_int_equal(__ctzsi2(alone | (noise & -alone)), bit);
	}
}

static void bits_are_counted_from_both_ends_of_double_words(void **state)
{
	(void)state;
	for (int bit = 0; bit < 64; bit++) {
		uint64_t alone = UINT64_C(1) << bit, noise = random_bits();

		assert_int_equal(__clzdi2(alone | (noise & (alone - 1))), 63 - bit);
		assert_int_equal(__ctzdi2(alone | (noise & -alone)), bit);
	}
}

static void division_equals_the_hosts(uint64_t value, uint32_t by)
{
	uint32_t rest = ~0u, rest_by_words;
	uint64_t quotient = divide(value, by, &rest);

	assert_true(quotient == value / by);
	assert_int_equal(rest, value % by);
	quotient = divide_by_words(value, by, &rest_by_words);
	assert_true(quotient == value / by);
	assert_int_equal(rest_by_words, value % by);
}

static void division_agrees_at_every_size_of_divisor(void **state)
{
	(void)state;
	for (int size = 1; size < 32; size++)
		for (int i = 0; i < 2000; i++) {
			uint32_t by = (uint32_t)(random_bits() >> (64 - size)) | UINT32_C(1) << (size - 1);

			division_equals_the_hosts(random_bits() >> (i % 64), by);
		}
}

static void division_agrees_at_the_ends_of_its_range(void **state)
{
	static const uint64_t values[] = {0, 1, INT32_MAX, UINT32_MAX, UINT64_C(1) << 32, INT64_MAX, UINT64_MAX};
	static const uint32_t divisors[] = {1, 2, 3, 32768, 10000000, 1000000000, INT32_MAX};

	(void)state;
	for (unsigned i = 0; i < sizeof values / sizeof values[0]; i++)
		for (unsigned k = 0; k < sizeof divisors / sizeof divisors[0]; k++)
			division_equals_the_hosts(values[i], divisors[k]);
}

static const struct CMUnitTest tests[] = {
	UNIT(arith, bits_are_counted_from_both_ends_of_words),
	UNIT(arith, bits_are_counted_from_both_ends_of_double_words),
	UNIT(arith, division_agrees_at_every_size_of_divisor),
	UNIT(arith, division_agrees_at_the_ends_of_its_range),
};
UNIT_MAIN(arith, tests)
