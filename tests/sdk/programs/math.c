/* libm, conversions, and arithmetic that libgcc does in software: 64-bit division and floating point. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "check.h"

/* Kept from the compiler, which would compute the results itself. */
static volatile double two = 2.0;
static volatile int64_t big = -1000000007LL * 1000003;
static volatile uint64_t unsigned_big = 0xfedcba9876543210u;

static int close_to(double value, double expected)
{
	return fabs(value - expected) <= 1e-12 * fabs(expected);
}

static void check_libm(void)
{
	CHECK(close_to(sqrt(two), 1.4142135623730951));
	CHECK(close_to(sin(two), 0.90929742682568171));
	CHECK(close_to(exp(two), 7.3890560989306504));
	CHECK(close_to(log(two), 0.69314718055994529));
	CHECK(close_to(pow(two, 0.5), 1.4142135623730951));
	CHECK(close_to(atan2(two, -two), 2.3561944901923448));
	CHECK(floor(-two - 0.5) == -3.0 && ceil(two + 0.1) == 3.0 && fmod(7.5, two) == 1.5);
	CHECK(isnan(sqrt(-two)) && isinf(exp(1000 * two)));
	CHECK(sqrtf((float)two) == 1.41421354f);
}

static void check_division(void)
{
	CHECK(big / 1000003 == -1000000007LL && big % 1000003 == 0);
	CHECK((big + 1) % 1000003 == 1 - 1000003);
	CHECK(unsigned_big / 0x123456789u == 0xe0000000u && unsigned_big % 0x123456789u == 0x96543210u);
	CHECK(big >> 3 == -125000375875003LL);
	CHECK(lldiv(-7, 2).quot == -3 && lldiv(-7, 2).rem == -1);
}

static void check_conversions(void)
{
	CHECK((int64_t)(two * 1e15) == 2000000000000000LL);
	CHECK((uint32_t)(two * 2e9) == 4000000000u);
	CHECK((double)unsigned_big == 18364758544493064192.0);
	CHECK(strtod("6.02214076e23", NULL) == 6.02214076e23);
	CHECK(strtoll("-9223372036854775807", NULL, 10) == -INT64_MAX);
	CHECK((float)(two / 3) == 0.666666687f);
}

int main(void)
{
	check_libm();
	check_division();
	check_conversions();
	printf("math %.15g\n", sqrt(two) + sin(1));
	return failures != 0;
}
