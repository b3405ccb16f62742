/*
 * The SPI NOR driver on a simulated device: commands with addresses of four bytes, write enable, protection, faults, a device that hangs.
 */
#include "flash_chip.h"

#include <drivers/spi_nor.h>

#include <string.h>

#define DEVICE_SIZE (1u << 25)
#define MODELLED (4u << 16) /* what lies behind reads as erased and is not written */
#define BLOCK 65536u
#define NEVER UINT64_MAX

static struct sim {
	uint8_t data[MODELLED], id[3], command[5];
	size_t count; /* bytes since the device was selected */
	uint32_t at;
	uint64_t busy_until, erase_ticks, program_ticks;
	bool selected, enabled, protected, deaf;
	uint8_t stuck_low; /* bits that programming clears unasked */
	unsigned changes;
} sim;

static bool busy(void)
{
	return host_time() < sim.busy_until;
}

static uint8_t *byte_at(uint32_t at)
{
	static uint8_t erased;

	erased = 0xff;
	assert_in_range(at, 0, DEVICE_SIZE - 1);
	return at < MODELLED ? &sim.data[at] : &erased;
}

static uint64_t end_of(uint64_t ticks)
{
	return ticks == NEVER ? NEVER : host_time() + ticks;
}

/* The device acts when it is deselected. */
static void finish(void)
{
	if (sim.count == 1 && sim.command[0] == 0x06)
		sim.enabled = !sim.protected;
	if (!sim.enabled || sim.count < 5 || (sim.command[0] != 0x12 && sim.command[0] != 0xdc))
		return;
	sim.enabled = false;
	sim.changes++;
	if (sim.command[0] == 0xdc && !sim.deaf)
		memset(byte_at(sim.at & ~(BLOCK - 1)), 0xff, BLOCK);
	sim.busy_until = end_of(sim.command[0] == 0xdc ? sim.erase_ticks : sim.program_ticks);
}

static void sim_select(const struct spi_bus *bus, bool on)
{
	(void)bus;
	assert_true(sim.selected != on);
	sim.selected = on;
	if (!on && !(busy() && sim.command[0] != 0x05))
		finish();
	sim.count = 0;
}

static void program(uint8_t byte)
{
	uint32_t page = sim.at & ~255u;

	if (sim.enabled && !sim.deaf)
		*byte_at(sim.at) &= byte & (uint8_t)~sim.stuck_low;
	sim.at = page | ((sim.at + 1) & 255u); /* a page wraps */
}

static uint8_t answer(uint8_t out)
{
	uint8_t code = sim.command[0];

	if (code == 0x05)
		return (uint8_t)((busy() ? 1 : 0) | (sim.enabled ? 2 : 0));
	if (busy())
		return 0xff;
	if (code == 0x9f)
		return sim.count <= 3 ? sim.id[sim.count - 1] : 0;
	if (code == 0x13 && sim.count >= 5)
		return *byte_at(sim.at++);
	if (code == 0x12 && sim.count >= 5)
		program(out);
	return 0xff;
}

static uint8_t one(uint8_t out)
{
	uint8_t in = sim.count ? answer(out) : 0xff;

	if (sim.count < 5)
		sim.command[sim.count] = out;
	sim.count++;
	if (sim.count == 5)
		sim.at = (uint32_t)sim.command[1] << 24 | (uint32_t)sim.command[2] << 16 | (uint32_t)sim.command[3] << 8 | sim.command[4];
	return in;
}

static void sim_exchange(const struct spi_bus *bus, const uint8_t *out, uint8_t *in, size_t count)
{
	(void)bus;
	assert_true(sim.selected);
	for (size_t i = 0; i < count; i++) {
		uint8_t byte = one(out ? out[i] : 0);

		if (in)
			in[i] = byte;
		host_advance(1);
	}
}

static const struct spi_bus bus = {sim_select, sim_exchange};
static struct spi_nor nor;
static struct mtd_chip *const chip = &nor.chip;

static void start(void)
{
	memset(&sim, 0, sizeof sim);
	memset(sim.data, 0xff, sizeof sim.data);
	memcpy(sim.id, "\x9d\x70\x19", 3);
	assert_int_equal(spi_nor_init(&nor, &bus), 0);
}

static void the_identification_tells_the_size(void **state)
{
	(void)state;
	start();
	assert_int_equal(chip->size, DEVICE_SIZE);
	assert_int_equal(chip->erase_size, BLOCK);
	assert_false(sim.selected);
}

static int init_with(const char *id)
{
	memcpy(sim.id, id, 3);
	return spi_nor_init(&nor, &bus);
}

static void other_devices_and_an_empty_bus_are_refused(void **state)
{
	(void)state;
	start();
	assert_int_equal(init_with("\xff\xff\xff"), -ENXIO);
	assert_int_equal(init_with("\x00\x00\x00"), -ENXIO);
	assert_int_equal(init_with("\x9d\x70\x18"), -ENODEV);
	assert_int_equal(init_with("\x9d\x70\xff"), -ENODEV);
	assert_int_equal(sim.changes, 0);
}

static void everywhere(void)
{
	uint8_t bytes[MTD_PROGRAM_MAX], back[MTD_PROGRAM_MAX];

	for (uint32_t from = 0; from < MTD_PROGRAM_MAX; from += 7)
		for (uint32_t count = 1; count <= MTD_PROGRAM_MAX - from; count += 5) {
			uint32_t at = BLOCK - MTD_PROGRAM_MAX + from;

			assert_int_equal(chip->ops->erase(chip, 0), 0);
			memset(bytes, (int)(from + count), sizeof bytes);
			assert_int_equal(write_at(at, bytes, count), 0);
			assert_int_equal(chip->ops->read(chip, at, back, count), 0);
			assert_memory_equal(back, bytes, count);
			assert_int_equal(sim.data[at - 1], 0xff);
		}
	assert_int_equal(sim.data[BLOCK], 0xff);
}

static void bytes_are_programmed_at_any_place(void **state)
{
	(void)state;
	start();
	run(everywhere);
}

static void erase_one(void)
{
	assert_int_equal(write_at(0, "first", 5), 0);
	assert_int_equal(write_at(BLOCK, "second", 6), 0);
	assert_int_equal(write_at(2 * BLOCK, "third", 5), 0);
	assert_int_equal(chip->ops->erase(chip, BLOCK), 0);
	expect(0, "first");
	expect(BLOCK, "\xff\xff\xff\xff\xff\xff");
	expect(2 * BLOCK, "third");
}

static void erasing_reaches_one_block(void **state)
{
	(void)state;
	start();
	run(erase_one);
}

static void set_bits(void)
{
	unsigned before;

	assert_int_equal(write_at(3, "\xf0", 1), 0);
	before = sim.changes;
	assert_int_equal(write_at(2, "\x01\xf1", 2), -EIO);
	assert_int_equal(sim.changes, before);
	expect(2, "\xff\xf0\xff");
}

static void a_bit_that_would_have_to_be_set_is_an_error_that_changes_nothing(void **state)
{
	(void)state;
	start();
	run(set_bits);
}

static void use_protected(void)
{
	sim.protected = true;
	assert_int_equal(write_at(0, "data", 4), -EROFS);
	assert_int_equal(chip->ops->erase(chip, 0), -EROFS);
	assert_int_equal(sim.changes, 0);
	sim.protected = false;
	assert_int_equal(write_at(0, "data", 4), 0);
}

static void a_device_that_does_not_enable_writing_is_read_only(void **state)
{
	(void)state;
	start();
	run(use_protected);
}

static void fail_verify(void)
{
	sim.stuck_low = 4;
	assert_int_equal(write_at(0, "good", 4), -EIO);
	sim.stuck_low = 0;
	sim.deaf = true;
	assert_int_equal(write_at(8, "good", 4), -EIO);
	sim.deaf = false;
	assert_int_equal(write_at(8, "good", 4), 0);
}

static void what_is_read_back_must_be_what_was_written(void **state)
{
	(void)state;
	start();
	run(fail_verify);
}

static void hang(void)
{
	assert_int_equal(chip->ops->erase(chip, 0), -ETIMEDOUT);
	assert_int_equal(write_at(0, "data", 4), -EIO);
	assert_int_equal(chip->ops->read(chip, 0, (char[1]){0}, 1), -EIO);
	sim.busy_until = sim.erase_ticks = 0;
	assert_int_equal(chip->ops->erase(chip, 0), 0);
	sim.program_ticks = NEVER;
	assert_int_equal(write_at(0, "data", 4), -ETIMEDOUT);
}

static void a_device_that_hangs_is_given_up_in_time_and_taken_back_when_it_is_ready(void **state)
{
	(void)state;
	start();
	sim.erase_ticks = NEVER;
	run(hang);
	assert_in_range(host_time(), 4 * ARCH_TIMER_HZ, 5 * ARCH_TIMER_HZ);
}

static void slow_erase(void)
{
	assert_int_equal(chip->ops->erase(chip, 0), 0);
	unit_note('E');
}

static void others_run_while_a_block_is_erased(void **state)
{
	(void)state;
	start();
	sim.erase_ticks = ARCH_TIMER_HZ;
	unit_thread(4, note_soon, NULL);
	unit_thread(5, in_thread, (void *)(uintptr_t)slow_erase);
	host_run();
	assert_string_equal(unit_notes(), "oE.");
}

static const struct CMUnitTest tests[] = {
	UNIT(spi_nor, the_identification_tells_the_size),
	UNIT(spi_nor, other_devices_and_an_empty_bus_are_refused),
	UNIT(spi_nor, bytes_are_programmed_at_any_place),
	UNIT(spi_nor, erasing_reaches_one_block),
	UNIT(spi_nor, a_bit_that_would_have_to_be_set_is_an_error_that_changes_nothing),
	UNIT(spi_nor, a_device_that_does_not_enable_writing_is_read_only),
	UNIT(spi_nor, what_is_read_back_must_be_what_was_written),
	UNIT(spi_nor, a_device_that_hangs_is_given_up_in_time_and_taken_back_when_it_is_ready),
	UNIT(spi_nor, others_run_while_a_block_is_erased),
};

UNIT_MAIN(spi_nor, tests)
