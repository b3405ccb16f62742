/*
 * The layout table of flash images: what is good, and that nothing wrong passes.
 */
#include "../../drivers/flash_table.c"

#include "unit.h"

#define BANK 65536u

static struct {
	struct flash_table table;
	struct flash_part part[FLASH_PARTS_MAX];
	uint8_t rest[512];
} image;

static void sign(void)
{
	image.table.crc = table_sum(&image.table);
}

static void build(void)
{
	memset(&image, 0, sizeof image);
	image.table = (struct flash_table){.magic = FLASH_MAGIC, .version = FLASH_VERSION, .parts = 3, .erase_size = 4096, .size = BANK,
					   .release = "0.1.0"};
	image.part[0] = (struct flash_part){.name = "kernel", .offset = 4096, .size = 8192, .length = 8000};
	image.part[1] = (struct flash_part){.name = "rootfs", .offset = 12288, .size = BANK - 12288, .length = 1};
	image.part[2] = (struct flash_part){.name = "data", .bank = 1, .size = 1u << 20, .flags = FLASH_PART_WRITABLE};
	sign();
}

static void sums_are_those_of_ieee_802_3(void **state)
{
	(void)state;
	assert_int_equal(flash_crc32(0, "123456789", 9), 0xcbf43926);
	assert_int_equal(flash_crc32(flash_crc32(0, "1234", 4), "56789", 5), 0xcbf43926);
	assert_int_equal(flash_crc32(0, "", 0), 0);
}

static void a_good_table_is_taken_and_its_parts_are_found(void **state)
{
	(void)state;
	build();
	assert_int_equal(flash_table_check(&image.table, BANK), 0);
	assert_ptr_equal(flash_table_find(&image.table, "rootfs"), &image.part[1]);
	assert_null(flash_table_find(&image.table, "root"));
}

static void every_wrong_bit_is_noticed(void **state)
{
	(void)state;
	build();
	for (size_t bit = 32; bit < (sizeof image.table + 3 * sizeof image.part[0]) * 8; bit++) {
		((uint8_t *)&image)[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_int_equal(flash_table_check(&image.table, BANK), -EINVAL);
		((uint8_t *)&image)[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
}

/* A table with a right sum and one wrong number. */
#define REFUSED(change)                                                            \
	do {                                                                       \
		build();                                                           \
		change;                                                            \
		sign();                                                            \
		assert_int_equal(flash_table_check(&image.table, BANK), -EINVAL);  \
	} while (0)

static void hostile_numbers_are_refused_though_the_sum_is_right(void **state)
{
	(void)state;
	REFUSED(image.table.version = 2);
	REFUSED(image.table.size = BANK * 2);
	REFUSED(image.table.erase_size = 0);
	REFUSED(image.table.erase_size = 4097);
	REFUSED(image.table.erase_size = 256);
	REFUSED(image.part[0].length = 8193);
	REFUSED(image.part[0].offset = 4095);
	REFUSED(image.part[0].size = 8191);
	REFUSED(image.part[0].size = image.part[0].length = 0);
	REFUSED(image.part[1].offset = BANK);
	REFUSED(image.part[1].size = 0xfffff000);
	REFUSED(image.part[1].offset = 0xfffff000);
	REFUSED(memset(image.part[0].name, 'k', sizeof image.part[0].name));
}

static void too_many_parts_are_refused_before_they_are_summed(void **state)
{
	(void)state;
	build();
	image.table.parts = 65535;
	assert_int_equal(flash_table_check(&image.table, BANK), -EINVAL);
}

static const struct CMUnitTest tests[] = {
	UNIT(flash_table, sums_are_those_of_ieee_802_3),
	UNIT(flash_table, a_good_table_is_taken_and_its_parts_are_found),
	UNIT(flash_table, every_wrong_bit_is_noticed),
	UNIT(flash_table, hostile_numbers_are_refused_though_the_sum_is_right),
	UNIT(flash_table, too_many_parts_are_refused_before_they_are_summed),
};

UNIT_MAIN(flash_table, tests)
