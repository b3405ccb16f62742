/*
 * SiFive's UART (FE310-G002 manual, chapter 18).
 */
#pragma once

#include <drivers/serial.h>

#include <stdint.h>

struct sifive_uart {
	struct serial serial; /* first: ops = &sifive_uart_ops */
	uintptr_t base;
	uint8_t held;
	bool paused; /* reception waits for the client */
	bool holds;  /* ... which refused `held` */
};

extern const struct serial_ops sifive_uart_ops;

/* 8N1, at `baud` bits a second of a bus clock of clock_hz. */
void sifive_uart_init(struct sifive_uart *uart, uint32_t clock_hz, uint32_t baud);
/* The interrupt handler; arg is the struct. */
void sifive_uart_interrupt(void *arg);
