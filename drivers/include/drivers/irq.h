/*
 * Device interrupts, by the numbers of the board's interrupt controller.
 */
#pragma once

/* Calls handler(arg) with interrupts masked whenever the source is pending. Boot; BOARD_IRQ_SOURCES at most. */
void irq_attach(unsigned source, void (*handler)(void *arg), void *arg);
