/*
 * The terminal on the machine's serial line. The line may be handed over to the byte channel to the host (hostio.c); then the terminal is detached.
 */
#include <fs/tty.h>

#include "tty_jobs.h"
#include "tty_line.h"

#define OUTPUT CONFIG_LINE_OUTPUT

struct tty tty_console;
static uint8_t input[LINE_INPUT], output[OUTPUT];

static void console_start(struct line *line)
{
	(void)line;
	board_console->ops->transmit_start(board_console);
}

static void console_resume(struct line *line)
{
	(void)line;
	board_console->ops->receive_resume(board_console);
}

static void console_set_break(struct line *line, bool on)
{
	(void)line;
	if (board_console->ops->set_break)
		board_console->ops->set_break(board_console, on);
}

static const struct line_driver driver = {
	.start = console_start,
	.resume = console_resume,
	.set_break = console_set_break,
};

static bool console_receive(struct serial *serial, uint8_t byte)
{
	(void)serial;
	return !(tty_console.termios.c_cflag & ABI_CREAD) || tty_input(&tty_console, byte);
}

static void console_receive_error(struct serial *serial, uint8_t byte, bool is_break)
{
	(void)serial;
	if (tty_console.termios.c_cflag & ABI_CREAD)
		tty_input_error(&tty_console, byte, is_break);
}

static int console_transmit(struct serial *serial)
{
	(void)serial;
	return line_next(&tty_console.line);
}

static const struct serial_client client = {
	.receive = console_receive,
	.receive_error = console_receive_error,
	.transmit = console_transmit,
};

struct line *console_line(void)
{
	if (!tty_console.line.driver) {
		line_init(&tty_console.line, &driver, input, sizeof input, output, sizeof output);
		tty_init(&tty_console);
	}
	return &tty_console.line;
}

int console_open(struct file *file)
{
	console_line();
	if (!board_console->client)
		serial_attach(board_console, &client);
	return tty_open(&tty_console, file);
}

void tty_drain(void)
{
	struct line *line = &tty_console.line;

	line->held = 0; /* whoever stopped the output will not start it any more */
	if (ring_count(&line->out))
		line_drain(line, SLEEP_UNINTERRUPTIBLE);
}
