/*
 * A bank of flash chips for unit tests: one to four chips side by side, as JEP137 and Intel's command set describe them, with the faults that
 * real ones have. Programming clears bits and never sets one; a chip that is not in read-array mode is no memory.
 */
#pragma once

#include <drivers/cfi_flash.h>

#include <host.h>

#include <string.h>

#define SIM_CHIPS_MAX 4
#define SIM_CHIP_SIZE 16384u /* 2^14 */
#define SIM_CHIP_BLOCK 1024u
#define SIM_EXTENDED 0x31u
#define SIM_NEVER UINT64_MAX

enum sim_mode { SIM_ARRAY, SIM_QUERY, SIM_STATUS, SIM_ERASE, SIM_LOCK, SIM_WORD, SIM_COUNT, SIM_DATA, SIM_CONFIRM };

static struct sim {
	unsigned width, lane;
	uint64_t erase_ticks, program_ticks, buffer_ticks; /* how long they take; SIM_NEVER: they do not end */
	unsigned reads_while_busy, erased, programmed;
	uint8_t fault;       /* status bits that the operations of chip `faulty` end with */
	unsigned faulty;
	uint8_t stuck_low;   /* bits that programming clears unasked */
	struct sim_chip {
		enum sim_mode mode;
		bool room; /* the buffer was free when it was asked for */
		uint8_t status, query[64], data[SIM_CHIP_SIZE];
		bool locked[SIM_CHIP_SIZE / SIM_CHIP_BLOCK];
		uint64_t busy_until, buffer_free;
		uint32_t count, count_at, buffer[64], buffer_at[64], buffered;
	} chip[SIM_CHIPS_MAX];
} sim;

static unsigned sim_chips(void)
{
	return sim.width / sim.lane;
}

static bool sim_busy(const struct sim_chip *chip)
{
	return host_time() < chip->busy_until;
}

static uint64_t sim_end(uint64_t ticks)
{
	return ticks == SIM_NEVER ? SIM_NEVER : host_time() + ticks;
}

static void sim_end_with(struct sim_chip *chip, uint64_t ticks, uint8_t bits)
{
	chip->busy_until = sim_end(ticks);
	chip->mode = SIM_STATUS;
	chip->status |= bits;
	if (chip == &sim.chip[sim.faulty])
		chip->status |= sim.fault;
}

static void sim_program(struct sim_chip *chip, uint32_t at, uint32_t value)
{
	for (unsigned i = 0; i < sim.lane; i++) {
		uint8_t *byte = &chip->data[at * sim.lane + i];

		assert_in_range(at * sim.lane + i, 0, SIM_CHIP_SIZE - 1);
		if (!sim.fault)
			*byte &= (uint8_t)(value >> 8 * i) & (uint8_t)~sim.stuck_low;
	}
	sim.programmed++;
}

static bool *sim_lock_of(struct sim_chip *chip, uint32_t at)
{
	return &chip->locked[at * sim.lane / SIM_CHIP_BLOCK];
}

static void sim_erase(struct sim_chip *chip, uint32_t at)
{
	uint32_t block = at * sim.lane / SIM_CHIP_BLOCK;

	if (chip->locked[block]) {
		sim_end_with(chip, 0, 0x22);
		return;
	}
	if (!sim.fault)
		memset(chip->data + block * SIM_CHIP_BLOCK, 0xff, SIM_CHIP_BLOCK);
	sim.erased++;
	sim_end_with(chip, sim.erase_ticks, 0);
}

static void sim_confirm_buffer(struct sim_chip *chip)
{
	bool locked = *sim_lock_of(chip, chip->buffer_at[0]);
	uint32_t in_buffer = (1u << chip->query[0x2a]) / sim.lane - 1;

	for (uint32_t i = 0; i < chip->buffered && !locked; i++) {
		assert_int_equal(chip->buffer_at[i] & ~in_buffer, chip->count_at & ~in_buffer);
		sim_program(chip, chip->buffer_at[i], chip->buffer[i]);
	}
	sim_end_with(chip, sim.program_ticks, locked ? 0x12 : 0);
	chip->buffer_free = sim_end(sim.buffer_ticks);
}

static void sim_command(struct sim_chip *chip, uint32_t value)
{
	static const uint8_t modes[256] = {[0xff] = SIM_ARRAY, [0x98] = SIM_QUERY, [0x70] = SIM_STATUS, [0x20] = SIM_ERASE,
					   [0x60] = SIM_LOCK,  [0x40] = SIM_WORD,  [0xe8] = SIM_COUNT};

	value &= 0xff;
	if (value == 0x50)
		chip->status = 0;
	else if (modes[value] || value == 0xff)
		chip->mode = modes[value];
	chip->room = host_time() >= chip->buffer_free;
	chip->buffered = 0;
}

/* The second and later cycles of a command. */
static void sim_argument(struct sim_chip *chip, uint32_t at, uint32_t value)
{
	if (chip->mode == SIM_WORD) {
		if (!*sim_lock_of(chip, at))
			sim_program(chip, at, value);
		sim_end_with(chip, sim.program_ticks, *sim_lock_of(chip, at) ? 0x12 : 0);
	} else if (chip->mode == SIM_COUNT) {
		chip->count = value + 1;
		chip->count_at = at;
		assert_true(chip->count * sim.lane <= 1u << chip->query[0x2a] && chip->count <= 64);
		chip->mode = SIM_DATA;
	} else if (chip->mode == SIM_DATA) {
		chip->buffer_at[chip->buffered] = at;
		chip->buffer[chip->buffered++] = value;
		chip->mode = chip->buffered == chip->count ? SIM_CONFIRM : SIM_DATA;
	} else if ((value & 0xff) != 0xd0 && !(chip->mode == SIM_LOCK && (value & 0xff) == 1)) {
		sim_end_with(chip, 0, 0x30);
	} else if (chip->mode == SIM_ERASE) {
		sim_erase(chip, at);
	} else if (chip->mode == SIM_CONFIRM) {
		sim_confirm_buffer(chip);
	} else {
		*sim_lock_of(chip, at) = (value & 0xff) == 1;
		chip->mode = SIM_STATUS;
	}
}

static void sim_chip_write(struct sim_chip *chip, uint32_t at, uint32_t value)
{
	if (sim_busy(chip))
		return;
	if (chip->mode >= SIM_ERASE && !(chip->mode == SIM_COUNT && !chip->room))
		sim_argument(chip, at, value);
	else
		sim_command(chip, value);
}

static uint32_t sim_chip_read(struct sim_chip *chip, uint32_t at)
{
	uint32_t value = 0;

	if (sim_busy(chip)) {
		sim.reads_while_busy++;
		return chip->status;
	}
	if (chip->mode == SIM_COUNT && !chip->room)
		return chip->status;
	if (chip->mode != SIM_ARRAY && chip->mode != SIM_QUERY)
		return chip->status | 0x80;
	if (chip->mode == SIM_QUERY)
		return at < sizeof chip->query ? chip->query[at] : 0;
	for (unsigned i = 0; i < sim.lane; i++)
		value |= (uint32_t)chip->data[(at * sim.lane + i) % SIM_CHIP_SIZE] << 8 * i;
	return value;
}

/* The bus is as wide as the bank: a narrower or wider access reaches the lines that it covers. */
static uint32_t sim_read(const struct cfi_bus *bus, uint32_t offset, unsigned width)
{
	uint32_t value = 0;

	(void)bus;
	assert_int_equal(offset % width, 0);
	host_advance(1);
	for (unsigned i = 0; i < width; i++) {
		unsigned line = (offset + i) % sim.width;
		uint32_t word = sim_chip_read(&sim.chip[line / sim.lane], (offset + i) / sim.width);

		value |= (word >> 8 * (line % sim.lane) & 0xff) << 8 * i;
	}
	return value;
}

/* A store narrower than the bus reaches some chips only, a wider one is two cycles. */
static void sim_write(const struct cfi_bus *bus, uint32_t offset, unsigned width, uint32_t value)
{
	uint32_t in_lane = sim.lane == 4 ? UINT32_MAX : (1u << 8 * sim.lane) - 1;

	(void)bus;
	for (unsigned i = 0; i < width; i += sim.lane) {
		unsigned line = (offset + i) % sim.width;

		sim_chip_write(&sim.chip[line / sim.lane], (offset + i) / sim.width, value >> 8 * i & in_lane);
	}
}

static void sim_query_2(uint8_t *query, unsigned at, uint32_t value)
{
	query[at] = (uint8_t)value;
	query[at + 1] = (uint8_t)(value >> 8);
}

static void sim_describe(uint8_t *query, bool locks)
{
	memcpy(query + 0x10, "QRY", 3);
	sim_query_2(query, 0x13, 1);
	sim_query_2(query, 0x15, SIM_EXTENDED);
	query[0x1f] = query[0x20] = 7; /* 128 us, at most 8 times as long */
	query[0x21] = 10;	       /* 1024 ms, 4 times */
	query[0x23] = query[0x24] = 3;
	query[0x25] = 2;
	query[0x27] = 14;
	query[0x2a] = 5; /* 32 bytes */
	query[0x2c] = 1;
	sim_query_2(query, 0x2d, SIM_CHIP_SIZE / SIM_CHIP_BLOCK - 1);
	sim_query_2(query, 0x2f, SIM_CHIP_BLOCK / 256);
	memcpy(query + SIM_EXTENDED, "PRI", 3);
	query[SIM_EXTENDED + 5] = locks ? 0x20 : 0;
}

/* Erased chips that fill a bus of `width` bytes, `lane` bytes each. */
static void sim_build(unsigned width, unsigned lane, bool locks)
{
	memset(&sim, 0, sizeof sim);
	sim.width = width;
	sim.lane = lane;
	for (unsigned i = 0; i < sim_chips(); i++) {
		memset(sim.chip[i].data, 0xff, SIM_CHIP_SIZE);
		memset(sim.chip[i].locked, locks, sizeof sim.chip[i].locked);
		sim_describe(sim.chip[i].query, locks);
	}
}

static const struct cfi_bus sim_bus = {.read = sim_read, .write = sim_write};
