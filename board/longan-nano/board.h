/*
 * GD32VF103: where its devices are (GD32VF103 user manual, chapter 1.4; Bumblebee core, chapter 6).
 */
#pragma once

#define LONGAN_CLOCK_HZ 8000000u /* the internal oscillator, which runs after reset */
#define LONGAN_BAUD 115200u

#define BOARD_TIMER_HZ (LONGAN_CLOCK_HZ / 4)
#define BOARD_MTIME 0xd1000000u
#define BOARD_MTIMECMP 0xd1000008u
#define BOARD_IRQ_SOURCES 1

#define GD32_GPIOA_BASE 0x40010800u
#define GD32_USART0_BASE 0x40013800u
#define GD32_RCU_BASE 0x40021000u
#define GD32_RAM_END 0x20008000u
