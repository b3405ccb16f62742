/*
 * What a board gives its boot loader.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

void loader_board_init(void);
/* Bytes of flash bank 0. */
void loader_board_read(uint32_t offset, void *buf, size_t count);
/* Sends one byte to the console by polling. */
void loader_board_put(char c);

/* Copies what the layout table lists, and returns where the kernel begins. */
uintptr_t loader_main(void);
