/*
 * Arguments and environment on the new stack.
 */
#include "world.h"

#include <string.h>

#define ROOM 8192

static uint8_t *stack;
static struct space target;

/* Measures, writes below the top of a poisoned stack, and verifies alignment and bounds. */
static uintptr_t write_args(struct args *args)
{
	uintptr_t top, sp;

	stack = u_alloc(ROOM);
	memset(stack, 0xee, ROOM);
	top = (uintptr_t)stack + ROOM - 64;
	assert_int_equal(args_measure(args), 0);
	sp = args_write(args, &target, top);
	assert_int_equal(sp % 16, 0);
	assert_true(sp <= top - args->bytes && sp > top - args->bytes - 16);
	for (uintptr_t p = (uintptr_t)stack; p < sp; p++)
		assert_int_equal(*(uint8_t *)p, 0xee);
	for (uintptr_t p = top; p < (uintptr_t)stack + ROOM; p++)
		assert_int_equal(*(uint8_t *)p, 0xee);
	return sp;
}

static void nothing_is_three_words(void)
{
	struct args args = {0};
	uintptr_t *sp = (uintptr_t *)write_args(&args);

	assert_int_equal(args.bytes, 3 * sizeof(uintptr_t));
	assert_int_equal(sp[0], 0);
	assert_int_equal(sp[1], 0);
	assert_int_equal(sp[2], 0);
	assert_int_equal(target.args, target.args_end);
}

static void strings_follow_the_vectors(void)
{
	struct args args = {.argv = u_vector("a", "bc", NULL), .envp = u_vector("X=1", NULL)};
	uintptr_t *sp = (uintptr_t *)write_args(&args);

	assert_int_equal(sp[0], 2);
	assert_int_equal(sp[3], 0);
	assert_int_equal(sp[5], 0);
	assert_ptr_equal(sp[1], &sp[6]);
	assert_memory_equal(&sp[6], "a\0bc\0X=1", 9);
	assert_string_equal((char *)sp[4], "X=1");
	assert_ptr_equal(target.args, sp[1]);
	assert_int_equal(target.args_end - target.args, 5);
	assert_int_equal(args.bytes, 6 * sizeof(uintptr_t) + 9);
}

static void prefixes_come_first(void)
{
	struct args args = {
		.prefix = {"sh", "-x", "/s"}, .prefixes = 3, .argv = u_vector("zero", "one", NULL), .skip_first = true};
	uintptr_t *sp = (uintptr_t *)write_args(&args);

	assert_int_equal(sp[0], 4);
	assert_string_equal((char *)sp[1], "sh");
	assert_string_equal((char *)sp[2], "-x");
	assert_string_equal((char *)sp[3], "/s");
	assert_string_equal((char *)sp[4], "one");
	assert_int_equal(sp[5], 0);
}

static void nothing_to_skip_in_empty_arguments(void)
{
	struct args args = {.prefix = {"sh", "/s"}, .prefixes = 2, .skip_first = true};
	uintptr_t *sp = (uintptr_t *)write_args(&args);

	assert_int_equal(sp[0], 2);
	assert_string_equal((char *)sp[2], "/s");
	assert_int_equal(sp[3], 0);
}

static void every_length_keeps_its_bounds(void)
{
	char *text = u_alloc(512);
	char **vector = u_vector("x", "y", NULL);

	for (size_t length = 0; length < 100; length++) {
		struct args args = {.argv = vector, .envp = vector};

		memset(text, 'z', length);
		text[length] = '\0';
		vector[0] = text;
		assert_string_equal((char *)((uintptr_t *)write_args(&args))[1], text);
		sys_sbrk(-ROOM);
	}
}

static void prefixes_count_towards_the_limit(void)
{
	char *text = u_alloc(ABI_ARG_MAX);
	struct args args = {.prefix = {"0123456789"}, .prefixes = 1, .argv = u_vector("", NULL)};

	memset(text, 'x', ABI_ARG_MAX - 50);
	((char **)args.argv)[0] = text;
	assert_int_equal(args_measure(&args), -E2BIG);
	args.prefixes = 0;
	assert_int_equal(args_measure(&args), 0);
}

static const struct CMUnitTest tests[] = {
	WORLD(args, nothing_is_three_words),
	WORLD(args, strings_follow_the_vectors),
	WORLD(args, prefixes_come_first),
	WORLD(args, nothing_to_skip_in_empty_arguments),
	WORLD(args, every_length_keeps_its_bounds),
	WORLD(args, prefixes_count_towards_the_limit),
};
UNIT_MAIN(args, tests)
