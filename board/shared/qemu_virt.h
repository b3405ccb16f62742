/*
 * QEMU's `virt` machine: where its devices are (the same for both widths).
 */
#pragma once

#define BOARD_TIMER_HZ 10000000u
#define BOARD_CLINT_BASE 0x02000000u
#define BOARD_PLIC_BASE 0x0c000000u
#define BOARD_IRQ_SOURCES 2

#define VIRT_TEST_BASE 0x00100000u
#define VIRT_RTC_BASE 0x00101000u
#define VIRT_UART_BASE 0x10000000u
#define VIRT_UART_IRQ 10
#define VIRT_FLASH0_BASE 0x20000000u
#define VIRT_FLASH1_BASE 0x22000000u
#define VIRT_FLASH_SIZE 0x02000000u
#define VIRT_RAM_BASE 0x80000000u
#define VIRT_RAM_LIMIT 0xfffff000u /* what is used of RAM ends here: pointers stay below 4 GiB */

/* What the variant of the board does with the flash banks at boot, once. */
void virt_flash_init(void);
