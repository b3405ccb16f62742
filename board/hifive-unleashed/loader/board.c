/*
 * The board's part of the boot loader. Device addresses are board.h's.
 */
#include "../../../arch/riscv/loader/loader.h"

#include <board.h>
#include <drivers/sifive_spi.h>
#include <drivers/sifive_uart.h>
#include <drivers/spi_nor.h>

static struct sifive_uart uart = {.serial.ops = &sifive_uart_ops, .base = FU540_UART0_BASE};
static struct sifive_spi spi;

void loader_board_init(void)
{
	sifive_uart_init(&uart, UNLEASHED_CLOCK_HZ, UNLEASHED_BAUD);
	sifive_spi_init(&spi, FU540_QSPI0_BASE, UNLEASHED_SPI_DIVISOR);
}

void loader_board_read(uint32_t offset, void *buf, size_t count)
{
	spi_nor_read(&spi.bus, offset, buf, count);
}

void loader_board_put(char c)
{
	uart.serial.ops->put(&uart.serial, (uint8_t)c);
}
