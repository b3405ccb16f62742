/*
 * The USART of GD32VF103 (user manual, chapter 16), which is that of STM32F1, by polling.
 */
#pragma once

#include <drivers/serial.h>
#include <kernel/timer.h>

struct gd32_usart {
	struct serial serial; /* first: ops = &gd32_usart_ops */
	uintptr_t base;
	struct timer poll;    /* looks for input; armed once there is a client */
	uint8_t held;
	bool holds;           /* the client refused `held` */
};

extern const struct serial_ops gd32_usart_ops;

/* 8N1, at `baud` bits a second of a bus clock of clock_hz. */
void gd32_usart_init(struct gd32_usart *usart, uint32_t clock_hz, uint32_t baud);
