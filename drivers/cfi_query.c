/*
 * What a CFI bank says of itself: how its chips share the bus, their geometry, how long operations may take. Only here are chips in query mode:
 * from the command that one arrangement answers to until cfi_query returns. An answer is a byte of every chip, and all must agree.
 */
#include "cfi_chip.h"

#include <abi/errno.h>

#define CMD_QUERY 0x98u

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

/* A byte of the query structure; negative when the chips do not agree. */
static int query(const struct cfi_flash *flash, uint32_t at)
{
	uint32_t value = cfi_get(flash, at * flash->width), first = value & 0xff;

	return value == cfi_for_all(flash, first) ? (int)first : -1;
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
	cfi_command(flash, QUERY_AT * width, CMD_QUERY);
	if (query(flash, Q_QRY) == 'Q' && query(flash, Q_QRY + 1) == 'R' && query(flash, Q_QRY + 2) == 'Y')
		return true;
	cfi_array_mode(flash);
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
	uint32_t blocks = query2(flash, Q_BLOCKS) + 1, block = query2(flash, Q_BLOCK_SIZE) * 256 * cfi_chips(flash);

	if (query(flash, Q_REGIONS) != 1)
		return -ENODEV;
	if (size < 9 || size > 28 || !block || (block & (block - 1)) || block < MTD_PROGRAM_MAX)
		return -EINVAL;
	flash->chip.size = (1u << size) * cfi_chips(flash);
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
	flash->buffer = buffer > 0 && buffer < 16 ? (1u << buffer) * cfi_chips(flash) : 0;
	if (flash->buffer <= flash->width)
		flash->buffer = 0;
	flash->locks = set == 1 && query_locks(flash);
	flash->program_limit = flash->buffer ? limit(flash, Q_TYP_BUFFER, Q_MAX_BUFFER, 1000000) :
					       limit(flash, Q_TYP_WORD, Q_MAX_WORD, 1000000);
	flash->erase_limit = limit(flash, Q_TYP_ERASE, Q_MAX_ERASE, 1000);
	return query_geometry(flash, window);
}

int cfi_query(struct cfi_flash *flash, uint32_t window)
{
	int error;

	if (!find_arrangement(flash))
		return -ENXIO;
	error = query_all(flash, window);
	cfi_array_mode(flash);
	return error;
}
