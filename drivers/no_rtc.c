/*
 * For boards without a calendar clock, or with one that nobody sets.
 */
#include <drivers/rtc.h>

uint64_t rtc_read(void)
{
	return 0;
}
