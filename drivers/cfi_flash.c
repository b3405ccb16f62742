/*
 * A CFI bank: reading, programming, erasing. Between operations the chips are in read-array mode, in which they are memory; a command takes
 * them out of it until cfi_array_mode() is called, so every operation ends there. What the chips are is asked in cfi_query.c.
 *
 *	program   0xe8, room? count, words, 0xd0 | 0x40 word     then the status register, until every chip is ready
 *	erase     0x20, 0xd0                                     the same
 *	status    bit 7 ready, 5 erase failed, 4 program failed, 3 no programming voltage, 1 block locked; 5 and 4: bad sequence
 *
 * A bank that the kernel runs from is refused at the start: this driver has no routine in RAM, and while a chip is not in read-array mode no
 * instruction can be fetched from it.
 */
#include "cfi_chip.h"

#include <abi/errno.h>
#include <kernel/klog.h>
#include <kernel/string.h>

#define CMD_READ_ARRAY 0xffu
#define CMD_STATUS 0x70u
#define CMD_CLEAR_STATUS 0x50u
#define CMD_ERASE 0x20u
#define CMD_CONFIRM 0xd0u
#define CMD_LOCK_SETUP 0x60u
#define CMD_PROGRAM_WORD 0x40u
#define CMD_PROGRAM_BUFFER 0xe8u

#define SR_READY 0x80u
#define SR_ERASE 0x20u
#define SR_PROGRAM 0x10u
#define SR_VPP 0x08u
#define SR_LOCKED 0x02u
#define SR_ERRORS (SR_ERASE | SR_PROGRAM | SR_VPP | SR_LOCKED)

static uint32_t memory_read(const struct cfi_bus *bus, uint32_t offset, unsigned width)
{
	uintptr_t address = bus->base + offset;

	if (width == 4)
		return *(volatile uint32_t *)address;
	return width == 2 ? *(volatile uint16_t *)address : *(volatile uint8_t *)address;
}

static void memory_write(const struct cfi_bus *bus, uint32_t offset, unsigned width, uint32_t value)
{
	uintptr_t address = bus->base + offset;

	if (width == 4)
		*(volatile uint32_t *)address = value;
	else if (width == 2)
		*(volatile uint16_t *)address = (uint16_t)value;
	else
		*(volatile uint8_t *)address = (uint8_t)value;
}

const struct cfi_bus cfi_memory_bus = {.read = memory_read, .write = memory_write};

static void put(const struct cfi_flash *flash, uint32_t offset, uint32_t value)
{
	flash->bus.write(&flash->bus, offset, flash->width, value);
}

uint32_t cfi_for_all(const struct cfi_flash *flash, uint32_t value)
{
	uint32_t all = 0;

	for (unsigned byte = 0; byte < flash->width; byte += flash->lane)
		all |= value << 8 * byte;
	return all;
}

void cfi_command(const struct cfi_flash *flash, uint32_t offset, uint32_t value)
{
	put(flash, offset, cfi_for_all(flash, value));
}

void cfi_array_mode(const struct cfi_flash *flash)
{
	cfi_command(flash, 0, CMD_READ_ARRAY);
}

/* Status. */

static bool all_ready(const struct cfi_flash *flash, uint32_t status)
{
	uint32_t ready = cfi_for_all(flash, SR_READY);

	return (status & ready) == ready;
}

/* Waits until every chip is ready. 0 and the status of all, or -ETIMEDOUT. */
static int await_ready(struct cfi_flash *flash, uint32_t offset, ticks_t limit, uint32_t *status)
{
	ticks_t start = timer_now();

	for (;;) {
		bool late = timer_now() - start > limit;

		*status = cfi_get(flash, offset);
		if (all_ready(flash, *status))
			return 0;
		if (late) {
			flash->stuck = true;
			klog("flash: no end of an operation at 0x%x\n", (unsigned)offset);
			return -ETIMEDOUT;
		}
		mtd_pause(start);
	}
}

/* What the chips' error bits mean; any chip's error is the bank's. */
static int error_of(const struct cfi_flash *flash, uint32_t offset, uint32_t status)
{
	uint32_t errors = 0;

	for (unsigned byte = 0; byte < flash->width; byte += flash->lane)
		errors |= status >> 8 * byte & SR_ERRORS;
	if (!errors)
		return 0;
	klog("flash: status 0x%x at 0x%x%s\n", (unsigned)status, (unsigned)offset, errors & SR_VPP ? ": no voltage" : "");
	return errors & SR_LOCKED ? -EROFS : -EIO;
}

/* Waits for the end of what was started, and leaves the chips as memory. */
static int finish(struct cfi_flash *flash, uint32_t offset, ticks_t limit)
{
	uint32_t status;
	int error = await_ready(flash, offset, limit, &status);

	if (!error)
		error = error_of(flash, offset, status);
	cfi_command(flash, offset, CMD_CLEAR_STATUS);
	cfi_array_mode(flash);
	return error;
}

/* After an operation that did not end: -EIO as long as it goes on. Chips that are busy do not take commands and are no memory. */
static int check_stuck(struct cfi_flash *flash)
{
	if (!flash->stuck)
		return 0;
	cfi_command(flash, 0, CMD_STATUS);
	if (!all_ready(flash, cfi_get(flash, 0)))
		return -EIO;
	flash->stuck = false;
	cfi_command(flash, 0, CMD_CLEAR_STATUS);
	cfi_array_mode(flash);
	return 0;
}

static int unlock(struct cfi_flash *flash, uint32_t block)
{
	if (!flash->locks)
		return 0;
	cfi_command(flash, block, CMD_LOCK_SETUP);
	cfi_command(flash, block, CMD_CONFIRM);
	cfi_command(flash, block, CMD_STATUS);
	return finish(flash, block, flash->program_limit);
}

/* The operations. */

static int cfi_read(struct mtd_chip *chip, uint32_t offset, void *buf, size_t count)
{
	struct cfi_flash *flash = (struct cfi_flash *)chip;
	uint32_t in_word = flash->width - 1u, word = 0;
	uint8_t *to = buf;
	int error = check_stuck(flash);

	if (error)
		return error;
	for (size_t i = 0; i < count; i++, offset++) {
		if (i == 0 || !(offset & in_word))
			word = cfi_get(flash, offset & ~in_word);
		to[i] = (uint8_t)(word >> 8 * (offset & in_word));
	}
	return 0;
}

/* The bytes [start, end) as they are to be: those of the array, with `count` from `offset` on replaced. -EIO when a bit would have to be set. */
static int make_image(struct cfi_flash *flash, uint32_t start, uint32_t end, uint32_t offset, const uint8_t *bytes, size_t count,
		      uint8_t *image)
{
	cfi_read(&flash->chip, start, image, end - start);
	for (size_t i = 0; i < count; i++) {
		uint8_t *byte = &image[offset - start + i];

		if (bytes[i] & ~*byte)
			return -EIO;
		*byte = bytes[i];
	}
	return 0;
}

/* The bus's next word of an image. */
static uint32_t word_of(const struct cfi_flash *flash, const uint8_t *image)
{
	uint32_t word = 0;

	for (unsigned i = 0; i < flash->width; i++)
		word |= (uint32_t)image[i] << 8 * i;
	return word;
}

/* Asks for the buffer until the chips have one free. */
static int await_buffer(struct cfi_flash *flash, uint32_t at)
{
	ticks_t start = timer_now();

	for (;;) {
		bool late = timer_now() - start > flash->program_limit;

		cfi_command(flash, at, CMD_PROGRAM_BUFFER);
		if (all_ready(flash, cfi_get(flash, at)))
			return 0;
		if (late) {
			cfi_array_mode(flash);
			return -ETIMEDOUT;
		}
		mtd_pause(start);
	}
}

/* [start, end) lies in one buffer of the chips. Its start is where they expect the commands. */
static int program_buffer(struct cfi_flash *flash, uint32_t start, uint32_t end, const uint8_t *image)
{
	uint32_t buffer = start & ~(flash->buffer - 1);
	int error = await_buffer(flash, buffer);

	if (error)
		return error;
	cfi_command(flash, buffer, (end - start) / flash->width - 1);
	for (uint32_t at = start; at < end; at += flash->width)
		put(flash, at, word_of(flash, image + (at - start)));
	cfi_command(flash, buffer, CMD_CONFIRM);
	return finish(flash, buffer, flash->program_limit);
}

static int program_words(struct cfi_flash *flash, uint32_t start, uint32_t end, const uint8_t *image)
{
	int error = 0;

	for (uint32_t at = start; at < end && !error; at += flash->width) {
		cfi_command(flash, at, CMD_PROGRAM_WORD);
		put(flash, at, word_of(flash, image + (at - start)));
		error = finish(flash, at, flash->program_limit);
	}
	return error;
}

static int verify(const struct cfi_flash *flash, uint32_t start, uint32_t end, const uint8_t *image)
{
	for (uint32_t at = start; at < end; at += flash->width)
		if (cfi_get(flash, at) != word_of(flash, image + (at - start)))
			return -EIO;
	return 0;
}

/* [start, end): whole words, in parts of which none crosses a buffer of the chips. */
static int program_parts(struct cfi_flash *flash, uint32_t start, uint32_t end, const uint8_t *image)
{
	uint32_t step = flash->buffer && flash->buffer < MTD_PROGRAM_MAX ? flash->buffer : MTD_PROGRAM_MAX;

	for (uint32_t at = start, stop; at < end; image += stop - at, at = stop) {
		int error;

		stop = (at & ~(step - 1)) + step < end ? (at & ~(step - 1)) + step : end;
		error = flash->buffer ? program_buffer(flash, at, stop, image) : program_words(flash, at, stop, image);
		if (error)
			return error;
	}
	return 0;
}

static int cfi_program(struct mtd_chip *chip, uint32_t offset, const void *buf, size_t count)
{
	struct cfi_flash *flash = (struct cfi_flash *)chip;
	uint32_t in_word = flash->width - 1u, start = offset & ~in_word, end = (offset + (uint32_t)count + in_word) & ~in_word;
	uint8_t image[MTD_PROGRAM_MAX];
	int error = check_stuck(flash);

	if (!error)
		error = make_image(flash, start, end, offset, buf, count, image);
	if (!error)
		error = unlock(flash, start & ~(flash->chip.erase_size - 1));
	if (!error)
		error = program_parts(flash, start, end, image);
	return error ? error : verify(flash, start, end, image);
}

static int cfi_erase(struct mtd_chip *chip, uint32_t offset)
{
	struct cfi_flash *flash = (struct cfi_flash *)chip;
	int error = check_stuck(flash);

	if (!error)
		error = unlock(flash, offset);
	if (error)
		return error;
	cfi_command(flash, offset, CMD_ERASE);
	cfi_command(flash, offset, CMD_CONFIRM);
	return finish(flash, offset, flash->erase_limit);
}

static const struct mtd_chip_ops cfi_ops = {cfi_read, cfi_program, cfi_erase};

int cfi_flash_init(struct cfi_flash *flash, const struct cfi_bus *bus, uint32_t window)
{
	*flash = (struct cfi_flash){.chip.ops = &cfi_ops, .bus = *bus};
	if ((uintptr_t)cfi_flash_init - bus->base < window)
		return -EBUSY;
	mutex_init(&flash->chip.lock);
	return cfi_query(flash, window);
}
