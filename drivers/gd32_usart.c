/*
 * The USART of GD32VF103 without interrupts: a timer looks for input every millisecond, output waits for the line. There is no FIFO: of bytes that come
 * faster only the last one is seen.
 */
#include <drivers/gd32_usart.h>

#define REG(usart, offset) (*(volatile uint32_t *)((usart)->base + (offset)))
#define STAT 0x00
#define DATA 0x04
#define BAUD 0x08
#define CTL0 0x0c

#define STAT_RBNE (1u << 5)
#define STAT_TBE (1u << 7)
#define CTL0_REN (1u << 2)
#define CTL0_TEN (1u << 3)
#define CTL0_UEN (1u << 13)

#define POLL_TICKS (ARCH_TIMER_HZ / 1000)

static void put(struct serial *serial, uint8_t byte)
{
	struct gd32_usart *usart = (struct gd32_usart *)serial;

	while (!(REG(usart, STAT) & STAT_TBE))
		;
	REG(usart, DATA) = byte;
}

static void transmit_start(struct serial *serial)
{
	for (int byte; serial->client && (byte = serial->client->transmit(serial)) >= 0;)
		put(serial, (uint8_t)byte);
}

static void receive(struct gd32_usart *usart)
{
	while (!usart->holds && (REG(usart, STAT) & STAT_RBNE)) {
		usart->held = (uint8_t)REG(usart, DATA);
		usart->holds = !usart->serial.client->receive(&usart->serial, usart->held);
	}
}

static void poll(struct timer *timer)
{
	struct gd32_usart *usart = (struct gd32_usart *)((char *)timer - offsetof(struct gd32_usart, poll));

	receive(usart);
	timer_start(timer, timer_now() + POLL_TICKS);
}

static void receive_resume(struct serial *serial)
{
	struct gd32_usart *usart = (struct gd32_usart *)serial;

	if (usart->holds && !serial->client->receive(serial, usart->held))
		return;
	usart->holds = false;
	receive(usart);
	if (!timer_armed(&usart->poll))
		timer_start(&usart->poll, timer_now() + POLL_TICKS);
}

const struct serial_ops gd32_usart_ops = {
	.transmit_start = transmit_start,
	.receive_resume = receive_resume,
	.put = put,
};

void gd32_usart_init(struct gd32_usart *usart, uint32_t clock_hz, uint32_t baud)
{
	timer_init(&usart->poll, poll);
	REG(usart, BAUD) = (clock_hz + baud / 2) / baud;
	REG(usart, CTL0) = CTL0_UEN | CTL0_TEN | CTL0_REN;
}
