/*
 * The layout table of the flash that the system booted from.
 */
#pragma once

/* Sums up the table and each partition of bank 0, and says how they are. 0, or 1 when a sum is wrong or cannot be taken. */
int table_check(void);
