/*
 * Spaces, the heap, and the checks of user memory.
 */
#include "world.h"

#include <limits.h>
#include <string.h>

static struct space *self(void)
{
	return process_current()->space;
}

static void layout_is_exact_and_cleared(void **state)
{
	const struct space_layout layout = {.stack = 1000, .args = 77, .text = 160, .data = 33, .bss = 500};
	struct space *space = space_create(&layout);
	const uint8_t *p = (const uint8_t *)space->base;

	(void)state;
	assert_int_equal(space->refs, 1);
	assert_int_equal(space->reserved, space->bss_end);
	assert_int_equal(space->data % 16, 0);
	assert_true(space->data - space->base >= 1000 + 77 + 160);
	assert_true(space->data - space->base < 1000 + 77 + 160 + 32);
	assert_true(space->bss_end - space->data >= 533 && space->bss_end - space->data < 533 + 16);
	assert_int_equal(space->brk, space->bss_end);
	assert_true(space->brk - space->base <= mem_size((void *)space->base));
	assert_true(mem_size((void *)space->base) < space->brk - space->base + 64); /* exact fit */
	for (; (uintptr_t)p < space->data - 160; p++)
		assert_int_equal(*p, 0);
	space_release(space);
}

static struct space *exchange(struct process *process, struct space *space)
{
	struct space *old = process->space;

	process->space = space;
	process->thread->space = &space->arch;
	return old;
}

/* However far the heap goes down meanwhile, and although no allocation succeeds. */
static void reserved_heap_cannot_fail(void)
{
	const struct space_layout layout = {.stack = 100, .data = 40, .bss = 20, .heap = 1000};
	struct space *space = space_create(&layout), *old = exchange(process_current(), space);
	void *neighbour = mem_alloc(16);

	assert_int_equal(space->brk, space->bss_end);
	for (int i = 0; i < 3; i++) {
		mem_fail_nth(1);
		assert_int_equal(sys_sbrk(1000), space->bss_end);
		mem_fail_nth(0);
		assert_int_equal(sys_sbrk(-1000), space->bss_end + 1000);
		assert_true(mem_size((void *)space->base) >= space->reserved - space->base);
		mem_free(mem_alloc(64));
	}
	assert_int_equal(space->brk, space->bss_end);
	mem_free(neighbour);
	space_release(exchange(process_current(), old));
	thread_load_space();
}

/* Whatever the sizes, the space ends inside its block. */
static void no_layout_leaves_its_block(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		struct space_layout layout = {i % 50 * 7, 24 + i % 37, i % 3 * 16, i % 41, i % 23, i % 19 * 3};
		struct space *space = space_create(&layout);

		assert_true(space->reserved >= space->brk && space->reserved <= space->base + mem_size((void *)space->base));
		assert_true(space->data >= space->base + layout.stack + layout.args + layout.text);
		assert_true(space->brk >= space->data + layout.data + layout.bss);
		space_release(space);
	}
}

static void failing_allocations_give_null(void **state)
{
	const struct space_layout layout = {.stack = 1000};

	(void)state;
	for (unsigned n = 1; n <= 2; n++) {
		mem_fail_nth(n);
		assert_null(space_create(&layout));
		mem_fail_nth(0);
		unit_assert_nothing_leaked();
	}
}

static void last_release_frees(void **state)
{
	const struct space_layout layout = {.stack = 1000};
	struct space *space = space_create(&layout);
	struct mem_stats before, after;

	(void)state;
	space_hold(space);
	mem_get_stats(&before);
	space_release(space);
	mem_get_stats(&after);
	assert_memory_equal(&before, &after, sizeof before);
	space_release(space);
	unit_assert_nothing_leaked();
}

static void freed_space_is_closed_on_the_processor(void **state)
{
	const struct space_layout layout = {.stack = 1000};
	struct space *open = space_create(&layout), *other = space_create(&layout);

	(void)state;
	thread_current()->space = &open->arch;
	thread_load_space();
	space_release(other);
	assert_ptr_equal(host_space(), &open->arch);
	space_release(open);
	assert_null(host_space());
}

static void sbrk_grows_by_cleared_memory(void)
{
	uintptr_t old = self()->brk;

	assert_int_equal(sys_sbrk(0), old);
	assert_int_equal(sys_sbrk(1000), old);
	assert_int_equal(self()->brk, old + 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(((char *)old)[i], 0);
	memset((void *)old, 'x', 1000);
	assert_int_equal(sys_sbrk(-1000), old + 1000);
	assert_int_equal(sys_sbrk(1), old);
	assert_int_equal(sys_sbrk(999), old + 1);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(((char *)old)[i], 0);
	assert_true(self()->brk <= self()->base + mem_size((void *)self()->base));
}

static void heap_does_not_move(void)
{
	uintptr_t base = self()->base;

	for (int i = 0; i < 100; i++)
		assert_true(sys_sbrk(1 + i * 10) > 0);
	assert_int_equal(self()->base, base);
}

static void hardware_follows_the_heap(void)
{
	assert_ptr_equal(host_space(), &self()->arch);
	sys_sbrk(4096);
	assert_int_equal(host_space()->data_end, self()->brk);
	sys_sbrk(-4096);
	assert_int_equal(host_space()->data_end, self()->brk);
	sys_sbrk(3);
	assert_int_equal(host_space()->data_end, self()->brk + 1); /* whole words */
}

static void growth_that_fails_changes_nothing(void)
{
	uintptr_t brk = self()->brk;

	assert_int_equal(sys_sbrk(UNIT_MEMORY), -ENOMEM);
	assert_int_equal(sys_sbrk(LONG_MAX), -ENOMEM);
	mem_fail_nth(1);
	assert_int_equal(sys_sbrk(100000), -ENOMEM);
	mem_fail_nth(0);
	assert_int_equal(self()->brk, brk);
	assert_int_equal(self()->arch.data_end, brk);
}

static void heap_does_not_shrink_below_its_start(void)
{
	uintptr_t brk = self()->brk;

	assert_true(sys_sbrk(-1) < 0);
	sys_sbrk(100);
	assert_true(sys_sbrk(-101) < 0);
	assert_true(sys_sbrk(LONG_MIN) < 0);
	assert_int_equal(self()->brk, brk + 100);
	assert_int_equal(sys_sbrk(-100), brk + 100);
}

static void writable_is_the_arena_and_nothing_else(void)
{
	uintptr_t base = self()->base, brk = self()->brk, text = self()->text;

	assert_true(user_writable((void *)base, 1));
	assert_true(user_writable((void *)base, brk - base));
	assert_true(user_writable((void *)(brk - 1), 1));
	assert_false(user_writable((void *)(base - 1), 1));
	assert_false(user_writable((void *)(base - 1), brk - base));
	assert_false(user_writable((void *)base, brk - base + 1));
	assert_false(user_writable((void *)(brk - 1), 2));
	assert_false(user_writable((void *)brk, 1));
	assert_false(user_writable((void *)text, 1));
	assert_false(user_writable(NULL, 1));
	assert_false(user_writable((void *)UINTPTR_MAX, 1));
	assert_false(user_writable((void *)base, SIZE_MAX));
	assert_false(user_writable((void *)(base + 8), SIZE_MAX - base)); /* the end overflows */
	assert_false(user_writable((void *)(base + 8), (size_t)0 - 8));
	assert_true(user_writable(NULL, 0));
}

static void readable_is_arena_and_text(void)
{
	uintptr_t base = self()->base, brk = self()->brk, text = self()->text, end = self()->text_end;

	assert_true(user_readable((void *)base, brk - base));
	assert_true(user_readable((void *)text, end - text));
	assert_true(user_readable((void *)(end - 1), 1));
	assert_false(user_readable((void *)(text - 1), 1));
	assert_false(user_readable((void *)(end - 1), 2));
	assert_false(user_readable((void *)end, 1));
	assert_false(user_readable((void *)text, end - text + 1));
	assert_false(user_readable((void *)text, SIZE_MAX));
	assert_false(user_readable((void *)(brk - 1), 2));
	assert_false(user_readable(NULL, 1));
	assert_true(user_readable(NULL, 0));
}

static void string_is_measured_within_its_region(void)
{
	char *text = u_string("abc"), *end;

	assert_int_equal(user_string(text, 10), 3);
	assert_int_equal(user_string(text, 4), 3);
	assert_int_equal(user_string(text, 3), -ENAMETOOLONG);
	assert_int_equal(user_string(text, 1), -ENAMETOOLONG);
	assert_int_equal(user_string(NULL, 10), -EFAULT);
	assert_int_equal(user_string((char *)UINTPTR_MAX, 10), -EFAULT);
	assert_int_equal(user_string((char *)self()->base - 1, 10), -EFAULT);
	u_alloc(16);
	end = (char *)self()->brk;
	memset(end - 16, 'x', 16);
	assert_int_equal(user_string(end, 10), -EFAULT);
	assert_int_equal(user_string(end - 3, 10), -EFAULT); /* runs out of the heap */
	assert_int_equal(user_string(end - 3, 3), -ENAMETOOLONG);
	end[-1] = '\0';
	assert_int_equal(user_string(end - 3, 10), 2);
	assert_int_equal(user_string(end - 1, 1), 0);
}

static void string_in_text_is_measured(void)
{
	const char *text = (const char *)self()->text + 20, *end = (const char *)self()->text_end;

	assert_int_equal(user_string(text, 4), -ENAMETOOLONG); /* its bytes are flat_byte() */
	assert_int_equal(user_string(end - 4, 100), -EFAULT);
}

static void copies_are_checked(void)
{
	char *user = u_alloc(16), kernel[8] = "kernel!";

	assert_int_equal(user_copy_out(user, kernel, 8), 0);
	assert_string_equal(user, "kernel!");
	user[0] = 'K';
	assert_int_equal(user_copy_in(kernel, user, 8), 0);
	assert_string_equal(kernel, "Kernel!");
	assert_int_equal(user_copy_out(kernel, user, 8), -EFAULT);
	assert_int_equal(user_copy_in(user, kernel, 8), -EFAULT);
	assert_int_equal(user_copy_out((char *)self()->brk - 7, kernel, 8), -EFAULT);
	assert_int_equal(user_copy_in(kernel, (void *)self()->text, 8), 0);
	assert_int_equal(user_copy_out((void *)self()->text, kernel, 8), -EFAULT);
}

static void check_lent_memory(void)
{
	assert_ptr_equal(self(), process_init->space);
	assert_true(user_writable((void *)self()->base, self()->brk - self()->base));
	unit_note('c');
}

static void borrower_may_use_its_lenders_memory(void)
{
	u_reap(u_vfork(check_lent_memory));
	assert_string_equal(unit_notes(), "c");
}

static const struct CMUnitTest tests[] = {
	UNIT(space, layout_is_exact_and_cleared),
	UNIT(space, no_layout_leaves_its_block),
	UNIT(space, failing_allocations_give_null),
	UNIT(space, last_release_frees),
	UNIT(space, freed_space_is_closed_on_the_processor),
	WORLD(space, reserved_heap_cannot_fail),
	WORLD(space, sbrk_grows_by_cleared_memory),
	WORLD(space, heap_does_not_move),
	WORLD(space, hardware_follows_the_heap),
	WORLD(space, growth_that_fails_changes_nothing),
	WORLD(space, heap_does_not_shrink_below_its_start),
	WORLD(space, writable_is_the_arena_and_nothing_else),
	WORLD(space, readable_is_arena_and_text),
	WORLD(space, string_is_measured_within_its_region),
	WORLD(space, string_in_text_is_measured),
	WORLD(space, copies_are_checked),
	WORLD(space, borrower_may_use_its_lenders_memory),
};
UNIT_MAIN(space, tests)
