/*
 * A CFI bank. Between operations the chips are in read-array mode, in which they are memory; a command takes them out of it until
 * array_mode() is called, so every operation ends there.
 *
 *	program   0xe8, room? count, words, 0xd0 | 0x40 word     then the status register, until every chip is ready
 *	erase     0x20, 0xd0                                     the same
 *	status    bit 7 ready, 5 erase failed, 4 program failed, 3 no programming voltage, 1 block locked; 5 and 4: bad sequence
 *
 * A bank that the kernel runs from is refused at the start: this driver has no routine in RAM, and while a chip is not in read-array mode no
 * instruction can be fetched from it.
 */
#include <abi/errno.h>
#include <drivers/cfi_flash.h>
#include <kernel/klog.h>
#include <kernel/string.h>

#define CMD_READ_ARRAY 0xffu
#define CMD_QUERY 0x98u
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

/* Offsets of the query structure, JEP137 table 1 ff. */
#define QUERY_AT 0x55u
#define Q_QRY 0x10u
#define Q_COMMAND_SET 0x13u
#define Q_EXTENDED 0x15u
#define Q_TYP_WORD 0x1fu   /* 2^n us */
#define Q_TYP_BUFFER 0x20u /* 2^n us */
#define Q_TYP_ERASE 0x21u  /* 2^n ms */
#define Q_MAX_WORD 0x23u   /* 2^n times the typical one, and so on */
#define Q_MAX_BUFFER 0x24u
#define Q_MAX_ERASE 0x25u
#define Q_SIZE 0x27u        /* 2^n bytes of a chip */
#define Q_BUFFER_SIZE 0x2au /* 2^n bytes, 2 bytes wide */
#define Q_REGIONS 0x2cu
#define Q_BLOCKS 0x2du     /* less 1, 2 bytes wide */
#define Q_BLOCK_SIZE 0x2fu /* in 256 bytes, 2 bytes wide */
#define EXTENDED_FEATURES 5u
#define FEATURE_LOCKING 0x28u /* bits 3 and 5: blocks are locked and unlocked by command */

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

static uint32_t get(const struct cfi_flash *flash, uint32_t offset)
{
	return flash->bus.read(&flash->bus, offset, flash->width);
}

static void put(const struct cfi_flash *flash, uint32_t offset, uint32_t value)
{
	flash->bus.write(&flash->bus, offset, flash->width, value);
}

/* The same for each chip. */
static uint32_t for_all(const struct cfi_flash *flash, uint32_t value)
{
	uint32_t all = 0;

	for (unsigned byte = 0; byte < flash->width; byte += flash->lane)
		all |= value << 8 * byte;
	return all;
}

static void command(const struct cfi_flash *flash, uint32_t offset, uint32_t value)
{
	put(flash, offset, for_all(flash, value));
}

static void array_mode(const struct cfi_flash *flash)
{
	command(flash, 0, CMD_READ_ARRAY);
}

static unsigned chips(const struct cfi_flash *flash)
{
	return flash->width / flash->lane;
}

/* Query. */

/* A byte of the query structure; negative when the chips do not agree. */
static int query(const struct cfi_flash *flash, uint32_t at)
{
	uint32_t value = get(flash, at * flash->width), first = value & 0xff;

	return value == for_all(flash, first) ? (int)first : -1;
}

static uint32_t query2(const struct cfi_flash *flash, uint32_t at)
{
	return (uint32_t)(query(flash, at) & 0xff) | (uint32_t)(query(flash, at + 1) & 0xff) << 8;
}

/* Do chips of this arrangement answer? They are in query mode if so, and read as memory if not. */
static bool answers(struct cfi_flash *flash, unsigned width, unsigned lane)
{
	flash->width = (uint8_t)width;
	flash->lane = (uint8_t)lane;
	command(flash, QUERY_AT * width, CMD_QUERY);
	if (query(flash, Q_QRY) == 'Q' && query(flash, Q_QRY + 1) == 'R' && query(flash, Q_QRY + 2) == 'Y')
		return true;
	array_mode(flash);
	return false;
}

static bool find_arrangement(struct cfi_flash *flash)
{
	for (unsigned width = 4; width > 0; width /= 2)
		for (unsigned lane = width; lane > 0; lane /= 2)
			if (answers(flash, width, lane))
				return true;
	return false;
}

/* 2^n units at most, `factor` times as long in the worst case; a chip that says nonsense gets what is left of it. */
static ticks_t limit(const struct cfi_flash *flash, uint32_t typical, uint32_t factor, uint32_t per_second)
{
	unsigned shift = (unsigned)(query(flash, typical) & 31) + (unsigned)(query(flash, factor) & 31);
	uint64_t units = shift > 24 ? 1u << 24 : 1u << shift;

	return timer_from_ns(units / per_second, (uint32_t)(units % per_second * (1000000000u / per_second)));
}

static int query_geometry(struct cfi_flash *flash, uint32_t window)
{
	int size = query(flash, Q_SIZE);
	uint32_t blocks = query2(flash, Q_BLOCKS) + 1, block = query2(flash, Q_BLOCK_SIZE) * 256 * chips(flash);

	if (query(flash, Q_REGIONS) != 1)
		return -ENODEV;
	if (size < 9 || size > 28 || !block || (block & (block - 1)) || block < MTD_PROGRAM_MAX)
		return -EINVAL;
	flash->chip.size = (1u << size) * chips(flash);
	flash->chip.erase_size = block;
	return (uint64_t)blocks * block == flash->chip.size && flash->chip.size <= window ? 0 : -EINVAL;
}

/* Chips of set 0x0001 with this feature come out of reset with every block locked. */
static bool query_locks(const struct cfi_flash *flash)
{
	uint32_t at = query2(flash, Q_EXTENDED);

	return at && query(flash, at) == 'P' && query(flash, at + 1) == 'R' && query(flash, at + 2) == 'I' &&
	       (query(flash, at + EXTENDED_FEATURES) & (int)FEATURE_LOCKING);
}

static int query_all(struct cfi_flash *flash, uint32_t window)
{
	uint32_t set = query2(flash, Q_COMMAND_SET), buffer = query2(flash, Q_BUFFER_SIZE);

	if (set != 1 && set != 3)
		return -ENODEV;
	flash->buffer = buffer > 0 && buffer < 16 ? (1u << buffer) * chips(flash) : 0;
	if (flash->buffer <= flash->width)
		flash->buffer = 0;
	flash->locks = set == 1 && query_locks(flash);
	flash->program_limit = flash->buffer ? limit(flash, Q_TYP_BUFFER, Q_MAX_BUFFER, 1000000) :
					       limit(flash, Q_TYP_WORD, Q_MAX_WORD, 1000000);
	flash->erase_limit = limit(flash, Q_TYP_ERASE, Q_MAX_ERASE, 1000);
	return query_geometry(flash, window);
}

/* Status. */

static bool all_ready(const struct cfi_flash *flash, uint32_t status)
{
	uint32_t ready = for_all(flash, SR_READY);

	return (status & ready) == ready;
}

/* Waits until every chip is ready. 0 and the status of all, or -ETIMEDOUT. */
static int await_ready(struct cfi_flash *flash, uint32_t offset, ticks_t limit, uint32_t *status)
{
	ticks_t start = timer_now();

	for (;;) {
		bool late = timer_now() - start > limit;

		*status = get(flash, offset);
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
	command(flash, offset, CMD_CLEAR_STATUS);
	array_mode(flash);
	return error;
}

/* After an operation that did not end: -EIO as long as it goes on. Chips that are busy do not take commands and are no memory. */
static int check_stuck(struct cfi_flash *flash)
{
	if (!flash->stuck)
		return 0;
	command(flash, 0, CMD_STATUS);
	if (!all_ready(flash, get(flash, 0)))
		return -EIO;
	flash->stuck = false;
	command(flash, 0, CMD_CLEAR_STATUS);
	array_mode(flash);
	return 0;
}

static int unlock(struct cfi_flash *flash, uint32_t block)
{
	if (!flash->locks)
		return 0;
	command(flash, block, CMD_LOCK_SETUP);
	command(flash, block, CMD_CONFIRM);
	command(flash, block, CMD_STATUS);
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
			word = get(flash, offset & ~in_word);
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

		command(flash, at, CMD_PROGRAM_BUFFER);
		if (all_ready(flash, get(flash, at)))
			return 0;
		if (late) {
			array_mode(flash);
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
	command(flash, buffer, (end - start) / flash->width - 1);
	for (uint32_t at = start; at < end; at += flash->width)
		put(flash, at, word_of(flash, image + (at - start)));
	command(flash, buffer, CMD_CONFIRM);
	return finish(flash, buffer, flash->program_limit);
}

static int program_words(struct cfi_flash *flash, uint32_t start, uint32_t end, const uint8_t *image)
{
	int error = 0;

	for (uint32_t at = start; at < end && !error; at += flash->width) {
		command(flash, at, CMD_PROGRAM_WORD);
		put(flash, at, word_of(flash, image + (at - start)));
		error = finish(flash, at, flash->program_limit);
	}
	return error;
}

static int verify(const struct cfi_flash *flash, uint32_t start, uint32_t end, const uint8_t *image)
{
	for (uint32_t at = start; at < end; at += flash->width)
		if (get(flash, at) != word_of(flash, image + (at - start)))
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
	command(flash, offset, CMD_ERASE);
	command(flash, offset, CMD_CONFIRM);
	return finish(flash, offset, flash->erase_limit);
}

static const struct mtd_chip_ops cfi_ops = {cfi_read, cfi_program, cfi_erase};

int cfi_flash_init(struct cfi_flash *flash, const struct cfi_bus *bus, uint32_t window)
{
	int error;

	*flash = (struct cfi_flash){.chip.ops = &cfi_ops, .bus = *bus};
	if ((uintptr_t)cfi_flash_init - bus->base < window)
		return -EBUSY;
	mutex_init(&flash->chip.lock);
	if (!find_arrangement(flash))
		return -ENXIO;
	error = query_all(flash, window);
	array_mode(flash);
	return error;
}
