/*
 * The 16550 UART, by interrupts. When its client has no room, reception pauses with the byte held here: the line's own flow
 * control (a FIFO of 16, an emulator that waits) does the rest.
 */
#include <drivers/ns16550.h>

#define REG(uart, n) (*(volatile uint8_t *)((uart)->base + (n)))
#define RBR 0
#define THR 0
#define IER 1
#define FCR 2
#define LCR 3
#define MCR 4
#define LSR 5

#define IER_RECEIVE 0x01
#define IER_TRANSMIT 0x02
#define FCR_ENABLE_CLEAR 0x07
#define LCR_8N1 0x03
#define MCR_OUT2_RTS_DTR 0x0b
#define LCR_BREAK 0x40
#define LSR_DATA 0x01
#define LSR_PARITY 0x04
#define LSR_FRAMING 0x08
#define LSR_BREAK 0x10
#define LSR_THR_EMPTY 0x20

static void set_ier(struct ns16550 *uart, uint8_t value)
{
	if (uart->ier != value)
		REG(uart, IER) = uart->ier = value;
}

/* Hands over what the hardware has, until the client (or the lack of one) stops it. */
static void receive(struct ns16550 *uart)
{
	const struct serial_client *client = uart->serial.client;

	uint8_t status;

	while (!uart->paused && ((status = REG(uart, LSR)) & LSR_DATA)) {
		if (client)
			uart->held = REG(uart, RBR);
		if (client && (status & (LSR_PARITY | LSR_FRAMING | LSR_BREAK))) {
			client->receive_error(&uart->serial, uart->held, status & LSR_BREAK);
			continue;
		}
		uart->holds = client && !client->receive(&uart->serial, uart->held);
		uart->paused = !client || uart->holds;
	}
	set_ier(uart, (uint8_t)((uart->ier & ~IER_RECEIVE) | (uart->paused ? 0 : IER_RECEIVE)));
}

static void transmit(struct ns16550 *uart)
{
	int byte;

	if (!uart->serial.client)
		return;
	while (REG(uart, LSR) & LSR_THR_EMPTY) {
		byte = uart->serial.client->transmit(&uart->serial);
		if (byte < 0) {
			set_ier(uart, uart->ier & (uint8_t)~IER_TRANSMIT);
			return;
		}
		REG(uart, THR) = (uint8_t)byte;
	}
	set_ier(uart, uart->ier | IER_TRANSMIT);
}

static void transmit_start(struct serial *serial)
{
	transmit((struct ns16550 *)serial);
}

static void receive_resume(struct serial *serial)
{
	struct ns16550 *uart = (struct ns16550 *)serial;

	if (!uart->paused || (uart->holds && !serial->client->receive(serial, uart->held)))
		return;
	uart->paused = uart->holds = false;
	receive(uart);
}

static void put(struct serial *serial, uint8_t byte)
{
	struct ns16550 *uart = (struct ns16550 *)serial;

	while (!(REG(uart, LSR) & LSR_THR_EMPTY))
		;
	REG(uart, THR) = byte;
}

static void set_break(struct serial *serial, bool on)
{
	REG((struct ns16550 *)serial, LCR) = LCR_8N1 | (on ? LCR_BREAK : 0);
}

const struct serial_ops ns16550_ops = {
	.transmit_start = transmit_start,
	.receive_resume = receive_resume,
	.put = put,
	.set_break = set_break,
};

/* A byte that came in before us would be lost when the FIFO is switched on. */
static void save_early_byte(struct ns16550 *uart)
{
	uart->holds = uart->paused = REG(uart, LSR) & LSR_DATA;
	if (uart->holds)
		uart->held = REG(uart, RBR);
}

void ns16550_init(struct ns16550 *uart)
{
	REG(uart, IER) = 0;
	save_early_byte(uart);
	REG(uart, LCR) = LCR_8N1;
	REG(uart, FCR) = FCR_ENABLE_CLEAR;
	REG(uart, MCR) = MCR_OUT2_RTS_DTR;
	uart->ier = 0;
	set_ier(uart, uart->paused ? 0 : IER_RECEIVE);
}

void ns16550_interrupt(void *arg)
{
	struct ns16550 *uart = arg;

	receive(uart);
	if (uart->ier & IER_TRANSMIT)
		transmit(uart);
}
