/*
 * SiFive's UART, by interrupts. A byte is taken by reading rxdata, which tells at the same time whether there was one. The line has no flow control: when the
 * client has no room, reception pauses with a byte held here, and a real line loses what comes after the 8 bytes of the FIFO.
 */
#include <drivers/sifive_uart.h>

#define REG(uart, offset) (*(volatile uint32_t *)((uart)->base + (offset)))
#define TXDATA 0x00
#define RXDATA 0x04
#define TXCTRL 0x08
#define RXCTRL 0x0c
#define IE 0x10
#define DIV 0x18

#define FULL_OR_EMPTY (1u << 31) /* txdata: full, rxdata: empty */
#define TXCTRL_TXEN 1u
#define TXCTRL_TXCNT_1 (1u << 16) /* the interrupt is pending while fewer than 1 byte waits */
#define RXCTRL_RXEN 1u            /* ... while more than 0 bytes wait */
#define IE_TXWM 1u
#define IE_RXWM 2u

static void ie_change(struct sifive_uart *uart, uint32_t clear, uint32_t set)
{
	REG(uart, IE) = (REG(uart, IE) & ~clear) | set;
}

/* Hands over what the hardware has, until the client (or the lack of one) stops it. */
static void receive(struct sifive_uart *uart)
{
	const struct serial_client *client = uart->serial.client;

	uart->paused = !client;
	while (!uart->paused) {
		uint32_t data = REG(uart, RXDATA);

		if (data & FULL_OR_EMPTY)
			break;
		uart->held = (uint8_t)data;
		uart->paused = uart->holds = !client->receive(&uart->serial, uart->held);
	}
	ie_change(uart, IE_RXWM, uart->paused ? 0 : IE_RXWM);
}

static void transmit(struct sifive_uart *uart)
{
	int byte = -1;

	while (uart->serial.client && !(REG(uart, TXDATA) & FULL_OR_EMPTY)) {
		byte = uart->serial.client->transmit(&uart->serial);
		if (byte < 0)
			break;
		REG(uart, TXDATA) = (uint32_t)byte;
	}
	ie_change(uart, IE_TXWM, byte < 0 ? 0 : IE_TXWM);
}

static void transmit_start(struct serial *serial)
{
	transmit((struct sifive_uart *)serial);
}

static void receive_resume(struct serial *serial)
{
	struct sifive_uart *uart = (struct sifive_uart *)serial;

	if (!uart->paused || (uart->holds && !serial->client->receive(serial, uart->held)))
		return;
	uart->holds = false;
	receive(uart);
}

static void put(struct serial *serial, uint8_t byte)
{
	struct sifive_uart *uart = (struct sifive_uart *)serial;

	while (REG(uart, TXDATA) & FULL_OR_EMPTY)
		;
	REG(uart, TXDATA) = byte;
}

const struct serial_ops sifive_uart_ops = {
	.transmit_start = transmit_start,
	.receive_resume = receive_resume,
	.put = put,
};

void sifive_uart_init(struct sifive_uart *uart, uint32_t clock_hz, uint32_t baud)
{
	uart->paused = true; /* until there is a client */
	REG(uart, IE) = 0;
	REG(uart, DIV) = (clock_hz + baud / 2) / baud - 1;
	REG(uart, TXCTRL) = TXCTRL_TXEN | TXCTRL_TXCNT_1;
	REG(uart, RXCTRL) = RXCTRL_RXEN;
}

void sifive_uart_interrupt(void *arg)
{
	struct sifive_uart *uart = arg;

	if (!uart->paused)
		receive(uart);
	if (REG(uart, IE) & IE_TXWM)
		transmit(uart);
}
