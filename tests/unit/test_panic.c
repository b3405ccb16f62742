/*
 * Panics and their epitaphs.
 */
#include "unit.h"

#include <kernel/klog.h>
#include <kernel/panic.h>

static void fail_an_assertion(void)
{
	volatile int zero = 0;

	ASSERT(zero == 1);
}

static void panic_plainly(void)
{
	PANIC("the world ended");
}

static void panic_in_a_trap(void)
{
	struct trapframe frame = {.pc = 0x80001234, .sp = 0x80004000};

	panic_trap(&frame, 5, 0xdeadbeef);
}

static void panic_in_thread(void *unused)
{
	(void)unused;
	PANIC("in a thread");
}

static void run_a_panicking_thread(void)
{
	unit_thread(7, panic_in_thread, NULL);
	host_run();
}

static void epitaph_names_message_and_place(void **state)
{
	(void)state;
	unit_expect_panic(panic_plainly, "*** panic: the world ended\r\n  at test_panic.c:");
	unit_expect_panic(fail_an_assertion, "*** panic: assertion failed: zero == 1\r\n  at test_panic.c:");
	unit_expect_panic(panic_plainly, "*** end of panic\r\n");
}

static void epitaph_names_the_thread(void **state)
{
	(void)state;
	unit_expect_panic(run_a_panicking_thread, "priority 7\r\n");
}

static void epitaph_of_a_trap_has_cause_pc_and_address(void **state)
{
	(void)state;
	unit_expect_panic(panic_in_a_trap, "trap in the kernel");
	unit_expect_panic(panic_in_a_trap, "cause 5, pc 0x80001234, address 0xdeadbeef\r\n");
	unit_expect_panic(panic_in_a_trap, "sp 0x80004000");
}

static void true_assertion_does_nothing(void **state)
{
	(void)state;
	ASSERT(state != NULL);
	assert_string_equal(host_console(), "");
}

static const struct CMUnitTest tests[] = {
	UNIT(panic, epitaph_names_message_and_place),
	UNIT(panic, epitaph_names_the_thread),
	UNIT(panic, epitaph_of_a_trap_has_cause_pc_and_address),
	UNIT(panic, true_assertion_does_nothing),
};
UNIT_MAIN(panic, tests)
