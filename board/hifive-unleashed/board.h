/*
 * FU540-C000: where its devices are (FU540-C000 manual, chapter 5).
 */
#pragma once

#define BOARD_TIMER_HZ 1000000u

#define BOARD_CLINT_BASE 0x02000000u
#define BOARD_PLIC_BASE 0x0c000000u
#define BOARD_IRQ_SOURCES 1

#define FU540_UART0_BASE 0x10010000u
#define FU540_UART0_IRQ 4
#define FU540_QSPI0_BASE 0x10040000u
#define FU540_GPIO_BASE 0x10060000u
#define FU540_RAM_BASE 0x80000000u
#define FU540_RAM_LIMIT 0xfffff000u /* what is used of RAM ends here: pointers stay below 4 GiB */

#define UNLEASHED_CLOCK_HZ 16666666u /* of the devices, without the PLL: half of the crystal's */
#define UNLEASHED_BAUD 115200u
#define UNLEASHED_SPI_DIVISOR 0u
#define UNLEASHED_RESET_PIN (1u << 10)

