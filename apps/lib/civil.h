/*
 * Dates in the Gregorian calendar, UTC, without the time zones of the C library.
 */
#pragma once

#include <stdint.h>

struct civil {
	int year, month, day; /* month and day from 1 */
	int hour, minute, second;
	int weekday; /* 0: Sunday */
};

/* The date of a time in seconds since 1970. */
struct civil civil_from_seconds(int64_t seconds);

/* Three letters: "Sun", "Jan" (month from 1). Not NUL-terminated. */
const char *civil_weekday(int weekday);
const char *civil_month(int month);
