/*
 * The kernel allocator against a model: random operations, and after each of them the walk of
 * mem_check, the contents of all blocks and the statistics that the model expects.
 */
#include "unit.h"

#include <string.h>

#define SLOTS 48
#define STEPS 20000

static struct slot {
	uint8_t *block;
	size_t size;
	uint8_t fill;
} slots[SLOTS];

static uint32_t seed;

static uint32_t random_below(uint32_t limit)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)(seed ^ seed >> 15) * limit) >> 32);
}

/* Sizes of all magnitudes, small ones more often. */
static size_t random_size(size_t limit)
{
	size_t size = 1 + random_below(1u << random_below(18));

	return size < limit ? size : limit;
}

static void slot_verify(const struct slot *slot)
{
	for (size_t i = 0; i < slot->size; i++)
		if (slot->block[i] != slot->fill)
			fail_msg("byte %zu of %zu changed", i, slot->size);
}

static void slot_fill(struct slot *slot, size_t from)
{
	memset(slot->block + from, slot->fill, slot->size - from);
}

/* Failure is allowed only when no free block is sure to fit: a quarter more than the request (the
 * width of a size class). */
static void failure_verify(size_t size)
{
	struct mem_stats now;

	mem_get_stats(&now);
	assert_true(now.largest < size + size / 4 + 2 * MEM_ALIGN);
}

static void step_alloc(struct slot *slot, size_t limit)
{
	slot->size = random_size(limit);
	slot->fill = (uint8_t)random_below(256);
	slot->block = random_below(3) ? mem_alloc(slot->size) : mem_alloc_growable(slot->size);
	if (slot->block)
		slot_fill(slot, 0);
	else
		failure_verify(slot->size);
}

static void step_free(struct slot *slot)
{
	slot_verify(slot);
	mem_free(slot->block);
	slot->block = NULL;
}

static void step_resize(struct slot *slot, size_t limit)
{
	size_t size = random_size(limit), have = mem_size(slot->block), old = slot->size;
	struct mem_stats before, after;

	mem_get_stats(&before);
	if (!mem_resize(slot->block, size)) {
		mem_get_stats(&after);
		assert_true(size > have);
		assert_memory_equal(&before, &after, sizeof before);
		return;
	}
	assert_true(mem_size(slot->block) >= size);
	slot->size = size;
	if (size > old)
		slot_fill(slot, old);
	slot_verify(slot);
}

static void step(size_t limit)
{
	struct slot *slot = &slots[random_below(SLOTS)];

	if (!slot->block)
		step_alloc(slot, limit);
	else if (random_below(2))
		step_free(slot);
	else
		step_resize(slot, limit);
}

static void model_verify(void)
{
	struct mem_stats now;
	size_t used = 0, bytes = 0;

	mem_check();
	mem_get_stats(&now);
	for (int i = 0; i < SLOTS; i++) {
		if (!slots[i].block)
			continue;
		used++;
		bytes += mem_size(slots[i].block) + sizeof(uintptr_t);
	}
	assert_int_equal(now.used_blocks, used);
	assert_in_range(now.free + bytes, now.total, now.total + used * MEM_ALIGN); /* at most one unit to spare in each */
	assert_true(now.largest <= now.free);
}

static void run(uint32_t start, size_t memory, size_t limit, int steps)
{
	host_boot(memory);
	unit_remember();
	seed = start;
	for (int i = 0; i < steps; i++) {
		step(limit);
		model_verify();
	}
	for (int i = 0; i < SLOTS; i++)
		if (slots[i].block)
			step_free(&slots[i]);
	unit_assert_nothing_leaked();
}

static void agrees_with_the_model_in_roomy_memory(void **state)
{
	(void)state;
	run(1, 4u << 20, 1u << 17, STEPS);
}

static void agrees_with_the_model_in_tight_memory(void **state)
{
	(void)state;
	for (uint32_t i = 2; i < 6; i++)
		run(i, 16384, 4096, STEPS / 4);
}

static void agrees_with_the_model_with_small_blocks(void **state)
{
	(void)state;
	for (uint32_t i = 6; i < 10; i++)
		run(i, 4096, 100, STEPS / 4);
}

static const struct CMUnitTest tests[] = {
	UNIT(mem_random, agrees_with_the_model_in_roomy_memory),
	UNIT(mem_random, agrees_with_the_model_in_tight_memory),
	UNIT(mem_random, agrees_with_the_model_with_small_blocks),
};
UNIT_MAIN(mem_random, tests)
