/*
 * FE310-G002: where its devices are (FE310-G002 manual, chapter 4).
 */
#pragma once

#include <stdint.h>

/* Ticks of mtime a second: see board.c. */
#define BOARD_TIMER_HZ board_timer_hz
extern uint32_t board_timer_hz;

#define BOARD_CLINT_BASE 0x02000000u
#define BOARD_PLIC_BASE 0x0c000000u
#define BOARD_IRQ_SOURCES 1

#define FE310_AON_BASE 0x10000000u
#define FE310_PRCI_BASE 0x10008000u
#define FE310_GPIO_BASE 0x10012000u
#define FE310_UART0_BASE 0x10013000u
#define FE310_UART0_IRQ 3
#define FE310_RAM_END 0x80004000u

#define HIFIVE1_CLOCK_HZ 16000000u /* the crystal */
#define HIFIVE1_BAUD 115200u
