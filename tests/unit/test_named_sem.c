/*
 * Named semaphores: counting, names, processes that meet by one.
 */
#include "threading.h"

static char *name;

static long sem_open_(int flags, unsigned value)
{
	return u_call(69, name, (uintptr_t)flags, (uintptr_t)0600, (uintptr_t)value);
}

static int value_of(long fd)
{
	assert_int_equal(u_call(43, (uintptr_t)fd, (uintptr_t)ABI_SEM_GETVALUE, word), 0);
	return *word;
}

static long wait_(long fd)
{
	return u_call(22, (uintptr_t)fd, word, sizeof *word);
}

static long post_(long fd)
{
	*other = 1;
	return u_call(23, (uintptr_t)fd, other, sizeof *other);
}

static void named(void)
{
	struct abi_sem_wait *until = u_alloc(sizeof *until);
	long fd, again;

	words_make();
	name = u_string("/name");
	assert_int_equal(sem_open_(0, 0), -ENOENT);
	assert_int_equal(sem_open_(ABI_O_CREAT, 0x80000000u), -EINVAL);
	fd = sem_open_(ABI_O_CREAT, 2);
	assert_true(fd >= 0);
	assert_int_equal(sem_open_(ABI_O_CREAT | ABI_O_EXCL, 2), -EEXIST);
	again = sem_open_(ABI_O_CREAT, 9);
	assert_int_equal(value_of(again), 2);
	assert_int_equal(wait_(fd), 4);
	assert_int_equal(wait_(again), 4);
	assert_int_equal(value_of(fd), 0);
	u_call(28, (uintptr_t)fd, (uintptr_t)ABI_F_SETFL, (uintptr_t)ABI_O_NONBLOCK);
	assert_int_equal(wait_(fd), -EAGAIN);
	*until = (struct abi_sem_wait){{0, 1}, ABI_CLOCK_MONOTONIC};
	assert_int_equal(u_call(43, (uintptr_t)again, (uintptr_t)ABI_SEM_TIMEDWAIT, until), -ETIMEDOUT);
	assert_int_equal(post_(fd), 4);
	assert_int_equal(u_call(43, (uintptr_t)again, (uintptr_t)ABI_SEM_TIMEDWAIT, until), 0);
	assert_int_equal(u_call(23, (uintptr_t)fd, other, (uintptr_t)3), -EINVAL);
	*other = 2;
	assert_int_equal(u_call(23, (uintptr_t)fd, other, (uintptr_t)4), -EINVAL);
	assert_int_equal(u_call(22, (uintptr_t)fd, word, (uintptr_t)3), -EINVAL);
	assert_int_equal(u_call(70, name), 0);
	assert_int_equal(u_call(70, name), -ENOENT);
	assert_int_equal(post_(fd), 4);
	assert_int_equal(wait_(again), 4); /* it lives on */
	name = u_string("name");
	assert_int_equal(sem_open_(ABI_O_CREAT, 0), -EINVAL);
	name = u_string("/");
	assert_int_equal(sem_open_(ABI_O_CREAT, 0), -EINVAL);
	name = u_string("/01234567890123456789012345678901234567890123456789012345678901");
	assert_int_equal(sem_open_(ABI_O_CREAT, 0), 2);
	assert_int_equal(u_call(70, name), 0);
	name = u_string("/012345678901234567890123456789012345678901234567890123456789012");
	assert_int_equal(sem_open_(ABI_O_CREAT, 0), -ENAMETOOLONG);
}

static void named_semaphores_count(void)
{
	u_run(named);
}

static void sem_poster(void)
{
	long fd = sem_open_(0, 0);

	unit_note('p');
	assert_int_equal(post_(fd), 4);
}

static void between(void)
{
	long fd, pid;

	words_make();
	name = u_string("/between");
	fd = sem_open_(ABI_O_CREAT, 0);
	thread_make(dies_holding, 0);
	pid = u_vfork(sem_poster);
	assert_int_equal(wait_(fd), 4);
	unit_note('w');
	u_reap(pid);
	assert_int_equal(u_call(70, name), 0);
}

static void named_semaphores_join_processes(void)
{
	u_run(between);
	assert_string_equal(unit_notes(), "pw");
}

static void poor(void)
{
	unsigned failures = 0;
	long fd;

	words_make();
	name = u_string("/poor");
	do {
		mem_fail_nth(failures + 1);
		fd = sem_open_(ABI_O_CREAT, 0);
		mem_fail_nth(0);
		assert_true(fd >= 0 || fd == -ENOMEM);
		assert_int_equal(sem_open_(0, 0) < 0, fd < 0);
		failures += fd < 0;
	} while (fd < 0);
	assert_int_equal(failures, 2);
	assert_int_equal(u_call(70, name), 0);
}

static void semaphore_without_memory_is_not_there(void)
{
	u_run(poor);
}

static const struct CMUnitTest tests[] = {
	WORLD(named_sem, named_semaphores_count),
	WORLD(named_sem, named_semaphores_join_processes),
	WORLD(named_sem, semaphore_without_memory_is_not_there),
};
UNIT_MAIN(named_sem, tests)
