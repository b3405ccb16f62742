/*
 * Sizes that the board chooses (board/<name>/board_config.h), with the reasons beside each.
 */
#pragma once

#include <board_config.h>

#ifndef __ASSEMBLER__
_Static_assert(CONFIG_KSTACK_WORDS % 4 == 0, "stacks stay aligned to 16 bytes");
#endif
