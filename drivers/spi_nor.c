/*
 * SPI NOR flash. A change is: write enable (which the device must confirm), the command, then its status until it is no longer busy. Devices do not all report failures in
 * the same place, so what was programmed is read back instead.
 */
#include <abi/errno.h>
#include <drivers/spi_nor.h>
#include <kernel/klog.h>

#define CMD_READ_ID 0x9fu
#define CMD_READ_STATUS 0x05u
#define CMD_WRITE_ENABLE 0x06u
#define CMD_READ_4 0x13u
#define CMD_PROGRAM_4 0x12u
#define CMD_ERASE_4 0xdcu

#define STATUS_BUSY 0x01u
#define STATUS_ENABLED 0x02u

#define BLOCK 65536u
#define CODE_32M 25u  /* the third byte of the identification: 2^n bytes */
#define CODE_512M 29u
#define PROGRAM_LIMIT_MS 10u /* data sheet: 0.8 ms a page */
#define ERASE_LIMIT_S 4u     /* data sheet: 2 s a block at most */

static uint8_t ask(const struct spi_bus *bus, uint8_t command, uint8_t *answer, size_t count)
{
	bus->select(bus, true);
	bus->exchange(bus, &command, NULL, 1);
	bus->exchange(bus, NULL, answer, count);
	bus->select(bus, false);
	return answer[0];
}

static uint8_t status_of(const struct spi_bus *bus)
{
	uint8_t status;

	return ask(bus, CMD_READ_STATUS, &status, 1);
}

static void command(const struct spi_bus *bus, uint8_t code, uint32_t offset)
{
	const uint8_t bytes[5] = {code, (uint8_t)(offset >> 24), (uint8_t)(offset >> 16), (uint8_t)(offset >> 8), (uint8_t)offset};

	bus->exchange(bus, bytes, NULL, sizeof(bytes));
}

void spi_nor_read(const struct spi_bus *bus, uint32_t offset, void *buf, size_t count)
{
	bus->select(bus, true);
	command(bus, CMD_READ_4, offset);
	bus->exchange(bus, NULL, buf, count);
	bus->select(bus, false);
}

/* After an operation that did not end: -EIO as long as it goes on. */
static int check_stuck(struct spi_nor *nor)
{
	if (nor->stuck && (status_of(nor->bus) & STATUS_BUSY))
		return -EIO;
	nor->stuck = false;
	return 0;
}

/* The device refuses while its write-protect pin or register says so. */
static int enable(const struct spi_nor *nor)
{
	const uint8_t code = CMD_WRITE_ENABLE;

	nor->bus->select(nor->bus, true);
	nor->bus->exchange(nor->bus, &code, NULL, 1);
	nor->bus->select(nor->bus, false);
	return status_of(nor->bus) & STATUS_ENABLED ? 0 : -EROFS;
}

/* One change of the device, with `count` bytes behind the command. */
static int change(struct spi_nor *nor, uint8_t code, uint32_t offset, const uint8_t *bytes, size_t count, ticks_t limit)
{
	ticks_t start = timer_now();
	int error = enable(nor);

	if (error)
		return error;
	nor->bus->select(nor->bus, true);
	command(nor->bus, code, offset);
	nor->bus->exchange(nor->bus, bytes, NULL, count);
	nor->bus->select(nor->bus, false);
	for (;;) {
		bool late = timer_now() - start > limit;

		if (!(status_of(nor->bus) & STATUS_BUSY))
			return 0;
		if (late) {
			nor->stuck = true;
			klog("flash: no end of an operation at 0x%x\n", (unsigned)offset);
			return -ETIMEDOUT;
		}
		mtd_pause(start);
	}
}

static int nor_read(struct mtd_chip *chip, uint32_t offset, void *buf, size_t count)
{
	struct spi_nor *nor = (struct spi_nor *)chip;
	int error = check_stuck(nor);

	if (!error)
		spi_nor_read(nor->bus, offset, buf, count);
	return error;
}

/* Whether what is there is `bytes`, or (`clear`) can become that without a bit being set. */
static bool agrees(const struct spi_nor *nor, uint32_t offset, const uint8_t *bytes, size_t count, bool clear)
{
	uint8_t have[MTD_PROGRAM_MAX];

	spi_nor_read(nor->bus, offset, have, count);
	for (size_t i = 0; i < count; i++)
		if (clear ? bytes[i] & ~have[i] : bytes[i] ^ have[i])
			return false;
	return true;
}

static int nor_program(struct mtd_chip *chip, uint32_t offset, const void *buf, size_t count)
{
	struct spi_nor *nor = (struct spi_nor *)chip;
	int error = check_stuck(nor);

	if (!error && !agrees(nor, offset, buf, count, true))
		error = -EIO;
	if (!error)
		error = change(nor, CMD_PROGRAM_4, offset, buf, count, timer_from_ns(0, PROGRAM_LIMIT_MS * 1000000u));
	if (!error && !agrees(nor, offset, buf, count, false))
		error = -EIO;
	return error;
}

static int nor_erase(struct mtd_chip *chip, uint32_t offset)
{
	struct spi_nor *nor = (struct spi_nor *)chip;
	int error = check_stuck(nor);

	return error ? error : change(nor, CMD_ERASE_4, offset, NULL, 0, timer_from_ns(ERASE_LIMIT_S, 0));
}

static const struct mtd_chip_ops nor_ops = {nor_read, nor_program, nor_erase};

int spi_nor_init(struct spi_nor *nor, const struct spi_bus *bus)
{
	uint8_t id[3];

	ask(bus, CMD_READ_ID, id, sizeof(id));
	if (id[0] == 0 || id[0] == 0xff)
		return -ENXIO;
	if (id[2] < CODE_32M || id[2] > CODE_512M)
		return -ENODEV;
	*nor = (struct spi_nor){.chip = {.ops = &nor_ops, .size = 1u << id[2], .erase_size = BLOCK}, .bus = bus};
	mutex_init(&nor->chip.lock);
	return 0;
}
