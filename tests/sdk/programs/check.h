/* What the programs of this folder share: a check that fails loudly and lets the program's status tell. */
#pragma once

#include <stdio.h>

static int failures;

#define CHECK(condition)                                                                \
	do {                                                                            \
		if (!(condition)) {                                                     \
			printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #condition);  \
			failures++;                                                     \
		}                                                                       \
	} while (0)
