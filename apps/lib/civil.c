/*
 * Dates. The year is counted from March, so that the leap day is its last day.
 */
#include "civil.h"

#define SECONDS_PER_DAY 86400
#define DAYS_PER_ERA 146097            /* 400 years */
#define DAYS_FROM_ERA_0_TO_1970 719468 /* from 1 March 0000 */

static void civil_from_days(struct civil *c, int32_t days)
{
	int32_t since = days + DAYS_FROM_ERA_0_TO_1970;
	int32_t era = (since >= 0 ? since : since - DAYS_PER_ERA + 1) / DAYS_PER_ERA;
	int32_t day = since - era * DAYS_PER_ERA;
	int32_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	int32_t of_year = day - (365 * year + year / 4 - year / 100);
	int32_t month = (5 * of_year + 2) / 153;

	c->day = of_year - (153 * month + 2) / 5 + 1;
	c->month = month < 10 ? month + 3 : month - 9;
	c->year = year + era * 400 + (c->month <= 2);
	c->weekday = (int)((days % 7 + 11) % 7); /* 1 January 1970 was a Thursday */
}

struct civil civil_from_seconds(int64_t seconds)
{
	struct civil c;
	int32_t days = (int32_t)(seconds / SECONDS_PER_DAY);
	int32_t rest = (int32_t)(seconds - (int64_t)days * SECONDS_PER_DAY);

	if (rest < 0) {
		rest += SECONDS_PER_DAY;
		days--;
	}
	civil_from_days(&c, days);
	c.hour = rest / 3600;
	c.minute = rest / 60 % 60;
	c.second = rest % 60;
	return c;
}

const char *civil_weekday(int weekday)
{
	return &"SunMonTueWedThuFriSat"[weekday * 3];
}

const char *civil_month(int month)
{
	return &"JanFebMarAprMayJunJulAugSepOctNovDec"[(month - 1) * 3];
}
