/*
 * The board's calendar clock.
 */
#pragma once

#include <stdint.h>

/* Nanoseconds since 1970-01-01 UTC; 0 when the board cannot tell. */
uint64_t rtc_read(void);
