/*
 * The CFI driver on simulated chips: every arrangement, every error that a chip can report, chips that hang.
 */
#include "unit.h"

#include "flash_sim.h"

#include "flash_chip.h"

#define WINDOW (1u << 20)

static struct cfi_flash flash;
static struct mtd_chip *const chip = &flash.chip;

static void start(unsigned width, unsigned lane, bool locks)
{
	sim_build(width, lane, locks);
	assert_int_equal(cfi_flash_init(&flash, &sim_bus, WINDOW), 0);
}

static void standard(void)
{
	start(4, 2, false);
}

static const struct { uint8_t width, lane; } arrangements[] = {{4, 4}, {4, 2}, {4, 1}, {2, 2}, {2, 1}, {1, 1}};
#define ARRANGEMENTS (sizeof arrangements / sizeof arrangements[0])

static void geometry_is_what_the_chips_say(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRANGEMENTS; i++) {
		unsigned width = arrangements[i].width, lane = arrangements[i].lane, chips = width / lane;

		start(width, lane, false);
		assert_int_equal(flash.width, width);
		assert_int_equal(flash.lane, lane);
		assert_int_equal(chip->size, SIM_CHIP_SIZE * chips);
		assert_int_equal(chip->erase_size, SIM_CHIP_BLOCK * chips);
		assert_int_equal(flash.buffer, 32 * chips);
		for (unsigned c = 0; c < chips; c++)
			assert_int_equal(sim.chip[c].mode, SIM_ARRAY);
	}
}

/* One fault of the description at a time, in one chip or in both. */
static int init_with(unsigned chips, unsigned at, uint8_t value)
{
	sim_build(4, 2, false);
	for (unsigned i = 0; i < chips; i++)
		sim.chip[1 - i].query[at] = value;
	return cfi_flash_init(&flash, &sim_bus, WINDOW);
}

static void chips_that_are_none_of_ours_are_refused(void **state)
{
	(void)state;
	assert_int_equal(init_with(2, 0x10, 'q'), -ENXIO);
	assert_int_equal(init_with(1, 0x12, 'y'), -ENXIO);
	assert_int_equal(init_with(2, 0x13, 2), -ENODEV);
	assert_int_equal(init_with(2, 0x2c, 2), -ENODEV);
	assert_int_equal(init_with(1, 0x2c, 2), -ENODEV);
	assert_int_equal(init_with(2, 0x27, 5), -EINVAL);
	assert_int_equal(init_with(2, 0x27, 31), -EINVAL);
	assert_int_equal(init_with(2, 0x27, 15), -EINVAL);
	assert_int_equal(init_with(2, 0x2f, 0), -EINVAL);
	assert_int_equal(init_with(2, 0x2f, 3), -EINVAL);
	assert_int_equal(init_with(2, 0x2d, 7), -EINVAL);
	sim_build(4, 2, false);
	assert_int_equal(cfi_flash_init(&flash, &sim_bus, 4096), -EINVAL);
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(sim.chip[i].mode, SIM_ARRAY);
}

static unsigned commands_sent;

static void count_command(const struct cfi_bus *bus, uint32_t offset, unsigned width, uint32_t value)
{
	(void)bus, (void)offset, (void)width, (void)value;
	commands_sent++;
}

static void a_bank_that_holds_this_code_gets_no_command(void **state)
{
	struct cfi_bus bus = {.read = sim_read, .write = count_command, .base = (uintptr_t)cfi_flash_init - 100};

	(void)state;
	sim_build(4, 2, false);
	assert_int_equal(cfi_flash_init(&flash, &bus, WINDOW), -EBUSY);
	assert_int_equal(commands_sent, 0);
	assert_int_equal(cfi_flash_init(&flash, &bus, 100), -ENXIO);
}

static void write_and_read_everywhere(void)
{
	uint8_t bytes[MTD_PROGRAM_MAX], back[MTD_PROGRAM_MAX + 2];

	for (uint32_t from = 0; from < 8; from++)
		for (uint32_t count = 1; count <= MTD_PROGRAM_MAX - from; count += 3) {
			uint32_t at = chip->erase_size - MTD_PROGRAM_MAX + from;

			assert_int_equal(chip->ops->erase(chip, 0), 0);
			for (uint32_t i = 0; i < count; i++)
				bytes[i] = (uint8_t)(from * 31 + i * 7);
			assert_int_equal(write_at(at, bytes, count), 0);
			assert_int_equal(chip->ops->read(chip, at - 1, back, count + 1), 0);
			assert_int_equal(back[0], 0xff);
			assert_memory_equal(back + 1, bytes, count);
		}
	assert_int_equal(chip->ops->read(chip, chip->erase_size, back, 1), 0);
	assert_int_equal(back[0], 0xff);
}

static void bytes_are_programmed_at_any_place_in_every_arrangement(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRANGEMENTS; i++) {
		start(arrangements[i].width, arrangements[i].lane, i % 2);
		run(write_and_read_everywhere);
		flash.buffer = 0; /* chips without one */
		run(write_and_read_everywhere);
	}
}

static void erase_one(void)
{
	assert_int_equal(write_at(0, "first", 5), 0);
	assert_int_equal(write_at(chip->erase_size, "second", 6), 0);
	assert_int_equal(write_at(2 * chip->erase_size, "third", 5), 0);
	assert_int_equal(chip->ops->erase(chip, chip->erase_size), 0);
	expect(0, "first");
	expect(chip->erase_size, "\xff\xff\xff\xff\xff\xff");
	expect(2 * chip->erase_size, "third");
}

static void erasing_reaches_one_block_of_each_chip(void **state)
{
	(void)state;
	standard();
	run(erase_one);
	assert_int_equal(sim.erased, 2);
}

static void program_twice(void)
{
	unsigned before;

	assert_int_equal(write_at(3, "\xf0\xf0", 2), 0);
	assert_int_equal(write_at(3, "\x30\xf0\x7f", 3), 0);
	before = sim.programmed;
	assert_int_equal(write_at(0, "abc\x31", 4), -EIO);
	assert_int_equal(sim.programmed, before);
	expect(0, "\xff\xff\xff\x30\xf0\x7f");
}

static void a_bit_that_would_have_to_be_set_is_an_error_that_changes_nothing(void **state)
{
	(void)state;
	standard();
	run(program_twice);
}

/* After any error the chips are memory again, and without the fault all goes well. */
static void recovered(void)
{
	sim.fault = sim.stuck_low = 0;
	assert_int_equal(chip->ops->erase(chip, 0), 0);
	assert_int_equal(write_at(0, "good", 4), 0);
	expect(0, "good");
}

static int expected;

static void both_fail(void)
{
	assert_int_equal(write_at(0, "data", 4), expected);
	expect(4, "\xff");
	assert_int_equal(chip->ops->erase(chip, 0), expected);
	recovered();
}

static void every_error_bit_of_either_chip_is_reported_and_cleared(void **state)
{
	static const struct { uint8_t bits; int error; } faults[] = {{0x10, -EIO}, {0x20, -EIO}, {0x30, -EIO}, {0x08, -EIO}, {0x18, -EIO}, {0x02, -EROFS}, {0x12, -EROFS}};

	(void)state;
	for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
		for (unsigned buffered = 0; buffered < 2; buffered++)
			for (unsigned faulty = 0; faulty < 2; faulty++) {
				standard();
				flash.buffer = buffered ? flash.buffer : 0;
				sim.faulty = faulty;
				sim.fault = faults[i].bits;
				expected = faults[i].error;
				run(both_fail);
				assert_int_equal(sim.chip[0].status | sim.chip[1].status, 0);
			}
}

static void fail_verify(void)
{
	assert_int_equal(write_at(8, "data", 4), -EIO);
	recovered();
}

static void what_is_read_back_must_be_what_was_written(void **state)
{
	(void)state;
	standard();
	sim.stuck_low = 0x20;
	run(fail_verify);
}

static void use_locked(void)
{
	flash.locks = false; /* a driver that forgets to unlock */
	assert_int_equal(write_at(0, "data", 4), -EROFS);
	assert_int_equal(chip->ops->erase(chip, 0), -EROFS);
	flash.locks = true;
	recovered();
	assert_true(sim.chip[0].locked[1] && sim.chip[1].locked[1]);
}

static void blocks_are_unlocked_one_by_one_where_chips_lock_them(void **state)
{
	(void)state;
	start(4, 2, true);
	assert_true(flash.locks);
	run(use_locked);
}

static void slow_erase(void)
{
	uint64_t before = host_time();

	assert_int_equal(chip->ops->erase(chip, 0), 0);
	assert_true(host_time() - before >= ARCH_TIMER_HZ);
	unit_note('E');
}

static void others_run_while_a_block_is_erased(void **state)
{
	(void)state;
	standard();
	sim.erase_ticks = ARCH_TIMER_HZ;
	unit_thread(4, note_soon, NULL);
	unit_thread(5, in_thread, (void *)(uintptr_t)slow_erase);
	host_run();
	assert_string_equal(unit_notes(), "oE.");
	assert_in_range(sim.reads_while_busy, 1000, 20000);
}

static void hang(void)
{
	assert_int_equal(chip->ops->erase(chip, 0), -ETIMEDOUT);
	assert_int_equal(write_at(0, "data", 4), -EIO);
	assert_int_equal(chip->ops->erase(chip, 0), -EIO);
	assert_int_equal(chip->ops->read(chip, 0, (char[1]){0}, 1), -EIO);
	sim.erase_ticks = 0;
	for (unsigned i = 0; i < 2; i++)
		sim.chip[i].busy_until = 0;
	recovered();
}

static void a_chip_that_hangs_is_given_up_in_time_and_taken_back_when_it_is_ready(void **state)
{
	(void)state;
	standard();
	sim.erase_ticks = SIM_NEVER;
	run(hang);
	assert_in_range(host_time(), 4 * ARCH_TIMER_HZ, 5 * ARCH_TIMER_HZ);
}

static void program_that_hangs(void)
{
	assert_int_equal(write_at(0, "data", 4), -ETIMEDOUT);
	assert_true(flash.stuck);
}

static void programming_has_a_limit_too(void **state)
{
	(void)state;
	standard();
	sim.program_ticks = SIM_NEVER;
	run(program_that_hangs);
	assert_in_range(host_time(), ARCH_TIMER_HZ / 1000, ARCH_TIMER_HZ / 100);
}

static void program_twice_in_a_row(void)
{
	assert_int_equal(write_at(0, "data", 4), 0);
	assert_int_equal(write_at(4, "more", 4), 0);
	sim.buffer_ticks = SIM_NEVER;
	assert_int_equal(write_at(8, "last", 4), 0);
	assert_int_equal(write_at(12, "none", 4), -ETIMEDOUT);
	expect(0, "datamorelast\xff\xff\xff\xff");
}

static void a_buffer_that_is_not_free_is_waited_for_but_not_for_ever(void **state)
{
	(void)state;
	standard();
	sim.buffer_ticks = ARCH_TIMER_HZ / 2000;
	run(program_twice_in_a_row);
}

static void nonsense_about_times_ends_all_the_same(void **state)
{
	(void)state;
	sim_build(4, 2, false);
	for (unsigned i = 0; i < 2; i++)
		memset(sim.chip[i].query + 0x1f, 0xff, 7);
	assert_int_equal(cfi_flash_init(&flash, &sim_bus, WINDOW), 0);
	assert_true(flash.erase_limit > 0 && flash.erase_limit < (uint64_t)ARCH_TIMER_HZ * 20000);
	assert_true(flash.program_limit > 0 && flash.program_limit < (uint64_t)ARCH_TIMER_HZ * 20);
}

static const struct CMUnitTest tests[] = {
	UNIT(cfi_flash, geometry_is_what_the_chips_say),
	UNIT(cfi_flash, chips_that_are_none_of_ours_are_refused),
	UNIT(cfi_flash, a_bank_that_holds_this_code_gets_no_command),
	UNIT(cfi_flash, bytes_are_programmed_at_any_place_in_every_arrangement),
	UNIT(cfi_flash, erasing_reaches_one_block_of_each_chip),
	UNIT(cfi_flash, a_bit_that_would_have_to_be_set_is_an_error_that_changes_nothing),
	UNIT(cfi_flash, every_error_bit_of_either_chip_is_reported_and_cleared),
	UNIT(cfi_flash, what_is_read_back_must_be_what_was_written),
	UNIT(cfi_flash, blocks_are_unlocked_one_by_one_where_chips_lock_them),
	UNIT(cfi_flash, others_run_while_a_block_is_erased),
	UNIT(cfi_flash, a_chip_that_hangs_is_given_up_in_time_and_taken_back_when_it_is_ready),
	UNIT(cfi_flash, programming_has_a_limit_too),
	UNIT(cfi_flash, a_buffer_that_is_not_free_is_waited_for_but_not_for_ever),
	UNIT(cfi_flash, nonsense_about_times_ends_all_the_same),
};

UNIT_MAIN(cfi_flash, tests)
