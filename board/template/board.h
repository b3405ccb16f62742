/*
 * Where the devices are.
 */
#pragma once

#define BOARD_TIMER_HZ FILL_IN_TIMER_HZ /* counts of mtime a second */
#define BOARD_CLINT_BASE FILL_IN_CLINT_BASE
#define BOARD_PLIC_BASE FILL_IN_PLIC_BASE
#define BOARD_IRQ_SOURCES 1 /* calls of irq_attach */

#define UART_BASE FILL_IN_UART_BASE
#define UART_IRQ FILL_IN_UART_IRQ
#define RAM_END FILL_IN_RAM_END
