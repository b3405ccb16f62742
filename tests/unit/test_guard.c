/*
 * The guard that ends a child of vfork which left its borrowed frame, and what it lets pass.
 */
#include "sanitizing.h"

static void leave_the_frame(void)
{
	thread_current()->frame->sp = thread_current()->frame->guard.end;
	u_call(CALL_GETPPID);
	unit_note('!');
}

static void call_from_above(void)
{
	((uintptr_t *)thread_current()->frame->guard.end)[-1] += 2; /* another return address */
	u_call(CALL_GETPPID);
	unit_note('!');
}

static void child_above_its_frame_ends_before_its_call(void)
{
	log_start();
	assert_int_equal(u_reap(lend(leave_the_frame)), ABI_SIGKILL);
	assert_string_equal(unit_notes(), "");
	assert_log_has("the child returned from the function that called vfork\n");
}

static void child_that_called_on_from_above_ends_before_its_call(void)
{
	assert_int_equal(u_reap(lend(call_from_above)), ABI_SIGKILL);
	assert_string_equal(unit_notes(), "");
}

static void without_a_known_frame_the_stack_pointer_counts(void)
{
	thread_current()->frame->sp = space()->base + 32;
	assert_int_equal(u_reap(u_vfork(leave_the_frame)), ABI_SIGKILL);
	assert_int_equal(u_reap(u_vfork(ask)), 0);
}

static void use_another_stack(void)
{
	thread_current()->frame->sp = space()->data + 32;
	u_call(CALL_GETPPID);
	unit_note('o');
}

static void stack_of_its_own_is_allowed(void)
{
	assert_int_equal(u_reap(lend(use_another_stack)), 0);
	assert_string_equal(unit_notes(), "o");
}

static void frames_that_cannot_be_are_not_believed(void)
{
	static const uintptr_t wrong[] = {1, 3, (uintptr_t)-1, (uintptr_t)-8, 8, 0x1000};

	for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_int_equal(u_reap(u_vfork_from(wrong[i], ask)), 0);
	assert_int_equal(u_reap(u_vfork_from(space()->brk + sizeof(uintptr_t), ask)), 0);
}

static void exec_takes_the_guard_off(void)
{
	assert_int_equal(thread_current()->frame->guard.calls, SYSCALL_SLOTS);
}

static void exec_unguarded(void)
{
	assert_int_equal(thread_current()->frame->guard.calls, 0);
	u_execve(u_string("/free"), NULL, NULL);
	u_exit(1);
}

static void only_borrowers_are_guarded(void)
{
	world_program("free", exec_takes_the_guard_off);
	assert_int_equal(u_reap(u_vfork(exec_unguarded)), 0);
	exec_takes_the_guard_off();
}

static const struct CMUnitTest tests[] = {
	WORLD(guard, child_above_its_frame_ends_before_its_call),
	WORLD(guard, child_that_called_on_from_above_ends_before_its_call),
	WORLD(guard, without_a_known_frame_the_stack_pointer_counts),
	WORLD(guard, stack_of_its_own_is_allowed),
	WORLD(guard, frames_that_cannot_be_are_not_believed),
	WORLD(guard, only_borrowers_are_guarded),
};
UNIT_MAIN(guard, tests)
