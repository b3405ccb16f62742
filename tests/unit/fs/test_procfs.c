/*
 * /proc and the simple devices: formats, reading in pieces, processes that are gone.
 */
#include "../../../proc/internal.h"

#include "fixture.h"

static struct process *other;
static struct space space;
static char arguments[] = "sh\0-c\0exit 7";

static int before(void **state)
{
	fixture_before(state);
	assert_int_equal(process_create(&other), 0);
	strcpy(other->name, "sh");
	other->space = &space;
	space.text = 0x2000a040;
	space.text_end = 0x2000c000;
	space.base = (uintptr_t)arguments;
	space.data = space.base + 2048;
	space.bss_end = space.data + 1234;
	space.brk = space.bss_end + 512;
	space.args = space.base;
	space.args_end = space.base + sizeof arguments;
	return 0;
}

static int after(void **state)
{
	other->space = NULL;
	process_destroy(other);
	return fixture_after(state);
}

static const char *path(const char *file)
{
	static char text[64];

	sprintf(text, "/proc/%u/%s", other->pid, file);
	return text;
}

static void stat_is_one_line(void **state)
{
	char expected[128];

	(void)state;
	other->thread->runtime = ARCH_TIMER_HZ / 1000 * 15 + 1;
	sprintf(expected, "%u (sh) S 0 16 0x2000a040 1234 512 2048 15\n", other->pid);
	assert_string_equal(contents(path("stat")), expected);
}

static void files_can_be_read_in_pieces(void **state)
{
	char whole[512], piece[512];
	size_t total = 0;
	int fd;
	long n;

	(void)state;
	strcpy(whole, contents(path("status")));
	assert_non_null(strstr(whole, "Name:\tsh\nState:\tS\nPid:\t"));
	assert_non_null(strstr(whole, "KernelStackUnused:\t"));
	fd = opened(path("status"), ABI_O_RDONLY);
	while ((n = sys_read(fd, piece + total, 3)) > 0)
		total += (size_t)n;
	piece[total] = '\0';
	assert_string_equal(piece, whole);
}

static void cmdline_is_the_arguments(void **state)
{
	(void)state;
	assert_int_equal(sys_read(opened(path("cmdline"), ABI_O_RDONLY), (char[64]){0}, 64), sizeof arguments);
	contents(path("cmdline"));
	assert_memory_equal(contents(path("cmdline")), arguments, sizeof arguments);
	space.args_end = space.brk + 1; /* out of the arena: nothing */
	assert_string_equal(contents(path("cmdline")), "");
}

static void maps_shows_the_regions(void **state)
{
	char expected[256];

	(void)state;
	sprintf(expected,
		"2000a040-2000c000 r-x text\n%08lx-%08lx rw- stack\n%08lx-%08lx rw- data\n%08lx-%08lx rw- heap\n",
		(unsigned long)space.base, (unsigned long)space.data, (unsigned long)space.data,
		(unsigned long)space.bss_end, (unsigned long)space.bss_end, (unsigned long)space.brk);
	assert_string_equal(contents(path("maps")), expected);
}

static void the_machine_has_files(void **state)
{
	struct mem_stats stats;
	char expected[64];
	int fd;

	(void)state;
	mem_get_stats(&stats);
	sprintf(expected, "MemTotal: %zu bytes\nMemFree: ", stats.total);
	assert_memory_equal(contents("/proc/meminfo"), expected, strlen(expected));
	assert_non_null(strstr(contents("/proc/meminfo"), "KernelText: 60000 bytes\nKernelData: 4000 bytes\n"));
	host_advance(ARCH_TIMER_HZ * 3 / 2);
	assert_non_null(strchr(contents("/proc/uptime"), '.'));
	fd = opened("/proc/memfail", ABI_O_WRONLY);
	assert_int_equal(sys_write(fd, "1\n", 2), 2);
	assert_null(mem_alloc(16));
	assert_int_equal(sys_write(fd, "x", 1), -EINVAL);
	assert_int_equal(sys_open("/proc/meminfo", ABI_O_WRONLY, 0), -EACCES);
	assert_int_equal(sys_open("/proc/new", ABI_O_WRONLY | ABI_O_CREAT, 0), -EROFS);
}

static void a_process_that_is_gone_is_not_found(void **state)
{
	char got[16], name[64];
	int fd = opened(path("stat"), ABI_O_RDONLY), dir = opened(path(""), ABI_O_RDONLY);

	(void)state;
	strcpy(name, path("stat"));
	other->space = NULL;
	process_destroy(other);
	assert_int_equal(sys_read(fd, got, 16), -ESRCH);
	assert_int_equal(sys_open(name, ABI_O_RDONLY, 0), -ENOENT);
	assert_true(sys_getdents(dir, (uint32_t[64]){0}, 256) >= 0);
	assert_int_equal(sys_open("/proc/0", ABI_O_RDONLY, 0), -ENOENT);
	assert_int_equal(sys_open("/proc/99999", ABI_O_RDONLY, 0), -ENOENT);
	assert_int_equal(sys_open("/proc/01", ABI_O_RDONLY, 0), -ENOENT);
	assert_int_equal(process_create(&other), 0);
	other->space = &space;
}

static void the_directory_lists_processes(void **state)
{
	_Alignas(8) char buf[512], seen[512] = "";
	char pid[16];
	int fd = opened("/proc", ABI_O_RDONLY);
	long got;

	(void)state;
	while ((got = sys_getdents(fd, buf, 24)) > 0)
		for (long at = 0; at < got; at += ((struct abi_dirent *)(buf + at))->d_reclen)
			strcat(strcat(seen, ((struct abi_dirent *)(buf + at))->d_name), " ");
	assert_int_equal(got, 0);
	sprintf(pid, "self %u ", other->pid);
	assert_non_null(strstr(seen, pid));
	assert_non_null(strstr(seen, ". .. meminfo uptime memfail "));
}

static void self_is_the_caller(void **state)
{
	struct abi_stat a, b;

	(void)state;
	process.pid = other->pid;
	assert_int_equal(sys_stat("/proc/self/stat", &a), 0);
	assert_int_equal(sys_stat(path("stat"), &b), 0);
	assert_int_equal(a.st_ino, b.st_ino);
}

static void a_zombie_still_shows(void **state)
{
	struct thread *thread = other->thread;

	(void)state;
	other->thread = NULL;
	other->space = NULL;
	other->runtime = ARCH_TIMER_HZ / 1000 * 23;
	assert_non_null(strstr(contents(path("stat")), "(sh) Z 0 0 0x0 0 0 0 23\n"));
	assert_string_equal(contents(path("maps")), "");
	assert_string_equal(contents(path("cmdline")), "");
	assert_non_null(strstr(contents(path("status")), "Threads:\t0\n"));
	other->thread = thread;
}

static void simple_devices_do_their_work(void **state)
{
	char got[64], again[64];
	int zero = opened("/dev/zero", ABI_O_RDWR), full = opened("/dev/full", ABI_O_RDWR),
	    null = opened("/dev/null", ABI_O_RDWR);
	int random = opened("/dev/random", ABI_O_RDONLY), kmsg = opened("/dev/kmsg", ABI_O_RDWR);

	(void)state;
	memset(got, 1, sizeof got);
	assert_int_equal(sys_read(zero, got, 64), 64);
	assert_int_equal(got[63], 0);
	assert_int_equal(sys_write(zero, got, 64), 64);
	assert_int_equal(sys_read(null, got, 64), 0);
	assert_int_equal(sys_write(null, got, 64), 64);
	assert_int_equal(sys_read(full, got, 64), 64);
	assert_int_equal(sys_write(full, got, 64), -ENOSPC);
	assert_int_equal(sys_read(random, got, 64), 64);
	assert_int_equal(sys_read(random, again, 64), 64);
	assert_memory_not_equal(got, again, 64);
	assert_int_equal(sys_write(kmsg, "from a test\n", 12), 12);
	assert_non_null(strstr(contents("/dev/kmsg"), "from a test"));
}

#define PROC(name)                                              \
	{                                                       \
		"unit.procfs." #name, name, before, after, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROC(stat_is_one_line),
		PROC(files_can_be_read_in_pieces),
		PROC(cmdline_is_the_arguments),
		PROC(maps_shows_the_regions),
		PROC(the_machine_has_files),
		PROC(a_process_that_is_gone_is_not_found),
		PROC(the_directory_lists_processes),
		PROC(self_is_the_caller),
		PROC(a_zombie_still_shows),
		PROC(simple_devices_do_their_work),
	};

	return cmocka_run_group_tests_name("unit.procfs", tests, fixture_setup, fixture_teardown);
}
