/*
 * The goldfish real-time clock: reading TIME_LOW latches TIME_HIGH.
 */
#include <board.h>
#include <drivers/rtc.h>

#define RTC_TIME_LOW (*(volatile uint32_t *)VIRT_RTC_BASE)
#define RTC_TIME_HIGH (*(volatile uint32_t *)(VIRT_RTC_BASE + 4))

uint64_t rtc_read(void)
{
	uint32_t low = RTC_TIME_LOW;

	return (uint64_t)RTC_TIME_HIGH << 32 | low;
}
