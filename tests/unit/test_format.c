/*
 * The kernel's formatter.
 */
#include "unit.h"

#include <kernel/klog.h>
#include <string.h>

static char buf[128];

#define assert_format(expected, ...)                                                                                   \
	do {                                                                                                           \
		assert_int_equal(kformat(buf, sizeof buf, __VA_ARGS__), strlen(expected));                             \
		assert_string_equal(buf, expected);                                                                    \
	} while (0)

static void copies_text_and_percent(void **state)
{
	(void)state;
	assert_format("", "%s", "");
	assert_format("plain", "plain");
	assert_format("100%", "100%%");
	assert_format("a b", "%s %c", "a", 'b');
}

static void prints_signed_numbers(void **state)
{
	(void)state;
	assert_format("0 -1 2147483647 -2147483648", "%d %d %d %d", 0, -1, INT32_MAX, INT32_MIN);
	assert_format("-9223372036854775808", "%ld", INT64_MIN);
	assert_format("9223372036854775807", "%ld", INT64_MAX);
}

static void prints_unsigned_numbers(void **state)
{
	(void)state;
	assert_format("4294967295 ffffffff", "%u %x", UINT32_MAX, UINT32_MAX);
	assert_format("18446744073709551615 ffffffffffffffff", "%lu %lx", UINT64_MAX, UINT64_MAX);
	assert_format("77 4d", "%zu %zx", (size_t)77, (size_t)77);
}

static void pads_to_the_width(void **state)
{
	(void)state;
	assert_format("    7|0007|  ab|00ff", "%5d|%04d|%4s|%04x", 7, 7, "ab", 255);
	assert_format("123456", "%3d", 123456);
	assert_format("  -12", "%5d", -12);
}

static void sign_stands_before_the_zeros(void **state)
{
	(void)state;
	assert_format("-0042", "%05d", -42);
}

static void pads_characters_too(void **state)
{
	(void)state;
	assert_format("   x", "%4c", 'x');
}

static void prints_pointers_with_eight_digits_or_more(void **state)
{
	(void)state;
	assert_format("0x00000000", "%p", NULL);
	assert_format("0x80001234", "%p", (void *)0x80001234ul);
	assert_format("0x123456789abc", "%p", (void *)0x123456789abcul);
}

static void truncates_and_returns_the_wanted_length(void **state)
{
	char small[4] = "???";

	(void)state;
	assert_int_equal(kformat(small, sizeof small, "%s", "abcdef"), 6);
	assert_string_equal(small, "abc");
	assert_int_equal(kformat(small, 1, "%d", 12345), 5);
	assert_string_equal(small, "");
	small[0] = '!';
	assert_int_equal(kformat(small, 0, "abc"), 3);
	assert_int_equal(small[0], '!');
	assert_int_equal(kformat(NULL, 0, "%u", 10), 2);
}

static void fits_exactly(void **state)
{
	char exact[4];

	(void)state;
	assert_int_equal(kformat(exact, sizeof exact, "abc"), 3);
	assert_string_equal(exact, "abc");
}

static void unfinished_conversion_ends_the_text(void **state)
{
	const char *volatile odd = "ab%5"; /* volatile: the compiler would refuse it */

	(void)state;
#pragma GCC diagnostic ignored "-Wformat-security"
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	assert_int_equal(kformat(buf, sizeof buf, odd), 2);
	assert_string_equal(buf, "ab");
}

static const struct CMUnitTest tests[] = {
	UNIT(format, copies_text_and_percent),
	UNIT(format, prints_signed_numbers),
	UNIT(format, prints_unsigned_numbers),
	UNIT(format, pads_to_the_width),
	UNIT(format, sign_stands_before_the_zeros),
	UNIT(format, pads_characters_too),
	UNIT(format, prints_pointers_with_eight_digits_or_more),
	UNIT(format, truncates_and_returns_the_wanted_length),
	UNIT(format, fits_exactly),
	UNIT(format, unfinished_conversion_ends_the_text),
};
UNIT_MAIN(format, tests)
