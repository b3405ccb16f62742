/*
 * SiFive's SPI controller. What is sent comes back byte for byte, so both FIFOs are kept in step: never more on the way than one holds.
 */
#include <drivers/sifive_spi.h>

#define REG(spi, offset) (*(volatile uint32_t *)((spi)->base + (offset)))
#define SCKDIV 0x00
#define SCKMODE 0x04
#define CSID 0x10
#define CSMODE 0x18
#define FMT 0x40
#define TXDATA 0x48
#define RXDATA 0x4c
#define FCTRL 0x60

#define CSMODE_AUTO 0
#define CSMODE_HOLD 2
#define FMT_8_BITS (8u << 16) /* single line, most significant bit first, reception on */
#define RX_EMPTY (1u << 31)
#define FIFO 8u

static void sifive_spi_select(const struct spi_bus *bus, bool on)
{
	REG((const struct sifive_spi *)bus, CSMODE) = on ? CSMODE_HOLD : CSMODE_AUTO;
}

static uint8_t receive(const struct sifive_spi *spi)
{
	uint32_t data;

	while ((data = REG(spi, RXDATA)) & RX_EMPTY)
		;
	return (uint8_t)data;
}

static void sifive_spi_exchange(const struct spi_bus *bus, const uint8_t *out, uint8_t *in, size_t count)
{
	const struct sifive_spi *spi = (const struct sifive_spi *)bus;

	for (size_t done = 0, part; done < count; done += part) {
		part = count - done < FIFO ? count - done : FIFO;
		for (size_t i = 0; i < part; i++)
			REG(spi, TXDATA) = out ? out[done + i] : 0;
		for (size_t i = 0; i < part; i++) {
			uint8_t byte = receive(spi);

			if (in)
				in[done + i] = byte;
		}
	}
}

void sifive_spi_init(struct sifive_spi *spi, uintptr_t base, uint32_t divisor)
{
	*spi = (struct sifive_spi){.bus = {sifive_spi_select, sifive_spi_exchange}, .base = base};
	REG(spi, FCTRL) = 0;
	REG(spi, SCKDIV) = divisor;
	REG(spi, SCKMODE) = 0;
	REG(spi, CSID) = 0;
	REG(spi, CSMODE) = CSMODE_AUTO;
	REG(spi, FMT) = FMT_8_BITS;
	while (!(REG(spi, RXDATA) & RX_EMPTY))
		;
}
