/*
 * Records of limits and users: shared by vfork, copied by the first change, given back with the last process; memory for them may lack.
 */
#include "world.h"

#include <kernel/mem.h>

static long limit(int resource, unsigned long soft, unsigned long hard)
{
	struct abi_rlimit *wanted = u_alloc(sizeof *wanted);

	*wanted = (struct abi_rlimit){soft, hard};
	return u_call(73, (uintptr_t)resource, wanted, NULL);
}

static unsigned long soft_of(int resource)
{
	struct abi_rlimit *limit = u_alloc(sizeof *limit);

	assert_int_equal(u_call(73, (uintptr_t)resource, NULL, limit), 0);
	return limit->rlim_cur;
}

static long become(int id)
{
	return u_call(74, (uintptr_t)ABI_ID_USER, (uintptr_t)(long)id);
}

static void shares_then_changes(void)
{
	assert_ptr_equal(process_current()->limits, process_init->limits);
	assert_int_equal(process_current()->limits->refs, 2);
	assert_int_equal(soft_of(ABI_RLIMIT_DATA), 500000);
	assert_int_equal(limit(ABI_RLIMIT_DATA, 400000, 400000), 0);
	assert_ptr_not_equal(process_current()->limits, process_init->limits);
	assert_int_equal(process_init->limits->refs, 1);
	assert_int_equal(limit(ABI_RLIMIT_NOFILE, 9, 64), 0);
}

static void release_own(void)
{
	limits_release(process_current()->limits);
	process_current()->limits = NULL;
	process_current()->files.limit = ABI_OPEN_MAX;
}

static void a_record_is_shared_until_one_side_changes_it(void)
{
	int status;

	assert_null(process_current()->limits);
	assert_int_equal(limit(ABI_RLIMIT_DATA, 500000, 600000), 0);
	assert_true(u_vfork(shares_then_changes) > 0);
	u_wait(-1, &status);
	assert_int_equal(soft_of(ABI_RLIMIT_DATA), 500000);
	assert_int_equal(soft_of(ABI_RLIMIT_NOFILE), ABI_OPEN_MAX);
	release_own();
}

static void without_memory_nothing_changes(void)
{
	struct abi_rlimit *wanted = u_alloc(sizeof *wanted);

	*wanted = (struct abi_rlimit){1, 1};
	mem_fail_nth(1);
	assert_int_equal(u_call(73, (uintptr_t)ABI_RLIMIT_DATA, wanted, NULL), -ENOMEM);
	mem_fail_nth(1);
	assert_int_equal(become(5), -ENOMEM);
	mem_fail_nth(0);
	assert_null(process_current()->limits);
	assert_int_equal(become(-1), 0);
}

static void ids_out_of_range_are_refused(void)
{
	assert_int_equal(become(-2), -EINVAL);
	assert_int_equal(become(UINT16_MAX), -EINVAL);
	assert_int_equal(u_call(74, (uintptr_t)2, (uintptr_t)0), -EINVAL);
	assert_int_equal(become(0), 0);
	assert_null(process_current()->limits);
}

static void becomes_a_user_and_cannot_return(void)
{
	assert_int_equal(become(5), 0);
	assert_int_equal(become(-1), 5);
	assert_int_equal(become(0), -EPERM);
	assert_int_equal(limit(ABI_RLIMIT_CPU, 1, 1), 0); /* a timer of the kernel runs now */
}

static void a_child_takes_its_record_along(void)
{
	assert_int_equal(u_reap(u_start(becomes_a_user_and_cannot_return)), 0);
	assert_int_equal(become(-1), 0);
}

static void counts_itself(void)
{
	assert_int_equal(become(7), 0);
	assert_int_equal(limit(ABI_RLIMIT_NPROC, 1, 1), 0);
	assert_int_equal(u_vfork(ids_out_of_range_are_refused), -EAGAIN);
}

static void the_limit_of_processes_refuses_vfork_and_leaves_nothing(void)
{
	assert_int_equal(u_reap(u_start(counts_itself)), 0);
}

static const struct CMUnitTest tests[] = {
	WORLD(limits, a_record_is_shared_until_one_side_changes_it),
	WORLD(limits, without_memory_nothing_changes),
	WORLD(limits, ids_out_of_range_are_refused),
	WORLD(limits, a_child_takes_its_record_along),
	WORLD(limits, the_limit_of_processes_refuses_vfork_and_leaves_nothing),
};
UNIT_MAIN(limits, tests)
