/*
 * The dispatch table: each pointer argument of each call is checked before the handler runs. The
 * table itself is expanded here once more, so that a new row is tested by being there.
 */
#include "world.h"

#include <string.h>

extern long (*const syscall_table[])(void);

enum kind { KIND_END, KIND_VAL, KIND_FD, KIND_PATH, KIND_IN, KIND_OUT, KIND_IN_OPT, KIND_OUT_OPT, KIND_VEC };

struct row {
	int number;
	const char *name;
	struct {
		enum kind kind;
		unsigned alignment, size; /* of the type that is pointed to */
	} arg[7];
};

#define ROW_VAL(type, name) {KIND_VAL, 1, 1}
#define ROW_FD(name) {KIND_FD, 1, 1}
#define ROW_PATH(name) {KIND_PATH, 1, 1}
#define ROW_IN(type, name, bytes) {KIND_IN, _Alignof(type), sizeof(type)}
#define ROW_OUT(type, name, bytes) {KIND_OUT, _Alignof(type), sizeof(type)}
#define ROW_IN_OPT(type, name, bytes) {KIND_IN_OPT, _Alignof(type), sizeof(type)}
#define ROW_OUT_OPT(type, name, bytes) {KIND_OUT_OPT, _Alignof(type), sizeof(type)}
#define ROW_VEC(name) {KIND_VEC, sizeof(char *), sizeof(char *)}
#define SYSCALL(number, name, type, brief, ...) {number, #name, {SYSCALL_EACH(ROW, ##__VA_ARGS__)}},

static const struct row rows[] = {
#include <abi/syscalls.def>
};
#undef SYSCALL

#define ROWS (sizeof rows / sizeof rows[0])

static bool is_pointer(enum kind kind)
{
	return kind >= KIND_PATH && kind != KIND_VEC; /* vectors are checked while they are copied: test_exec.c */
}

static bool is_writable_kind(enum kind kind)
{
	return kind == KIND_OUT || kind == KIND_OUT_OPT;
}

/* Arguments with which every pointer is right; counts are 16. */
static void good_arguments(const struct row *row, uintptr_t arg[6])
{
	for (int i = 0; i < 6; i++) {
		arg[i] = 16;
		if (is_pointer(row->arg[i].kind))
			arg[i] = (uintptr_t)memset(u_alloc(256), 0, 256);
		if (row->arg[i].kind == KIND_FD)
			arg[i] = (uintptr_t)-1;
	}
}

static long call(const struct row *row, const uintptr_t arg[6])
{
	return u_call(row->number, arg[0], arg[1], arg[2], arg[3], arg[4], arg[5]);
}

/* The call with one argument replaced must give `error` and change nothing. */
static void abuse(const struct row *row, int which, uintptr_t value, long error)
{
	uintptr_t arg[6];
	struct process before;
	long result;

	good_arguments(row, arg);
	arg[which] = value;
	before = *process_current();
	result = call(row, arg);
	if (result != error)
		fail_msg("%s: argument %d = 0x%lx gives %ld", row->name, which, (unsigned long)value, result);
	assert_memory_equal(&before, process_current(), sizeof before);
}

/* execve of a bad path is EFAULT before anything; reading calls find EBADF for the descriptor only
 * in the handler. */
static void abuse_pointer(const struct row *row, int which)
{
	const struct space *space = process_current()->space;
	enum kind kind = row->arg[which].kind;

	abuse(row, which, 8, -EFAULT);
	abuse(row, which, (uintptr_t)&kind, -EFAULT);
	abuse(row, which, space->base - 16, -EFAULT);
	abuse(row, which, space->brk + 65536, -EFAULT);
	abuse(row, which, UINTPTR_MAX & ~(uintptr_t)15, -EFAULT);
	if (kind != KIND_IN_OPT && kind != KIND_OUT_OPT)
		abuse(row, which, 0, -EFAULT);
	if (is_writable_kind(kind))
		abuse(row, which, space->text, -EFAULT);
	if (row->arg[which].alignment > 1)
		abuse(row, which, space->data + 1, -EFAULT);
}

static void every_bad_pointer_is_efault(void)
{
	unsigned pointers = 0;

	for (unsigned i = 0; i < ROWS; i++)
		for (int k = 0; k < 6; k++)
			if (is_pointer(rows[i].arg[k].kind)) {
				abuse_pointer(&rows[i], k);
				pointers++;
			}
	assert_true(pointers > 20);
}

/* A pointer whose memory ends before the last byte that the call would touch. */
static void memory_that_ends_too_early_is_efault(void)
{
	for (unsigned i = 0; i < ROWS; i++)
		for (int k = 0; k < 6; k++)
			if (is_pointer(rows[i].arg[k].kind) && rows[i].arg[k].kind != KIND_PATH) {
				uintptr_t arg[6], last;

				good_arguments(&rows[i], arg);
				last = process_current()->space->brk - (rows[i].arg[k].alignment > 1 ? rows[i].arg[k].alignment : 1);
				if (rows[i].arg[k].alignment > 1 && rows[i].arg[k].alignment == rows[i].arg[k].size) /* one fits there */
					last = process_current()->space->brk;
				arg[k] = last;
				if (call(&rows[i], arg) != -EFAULT)
					fail_msg("%s: argument %d at the end of memory", rows[i].name, k);
			}
}

static void path_without_an_end(const struct row *row, int which)
{
	uintptr_t arg[6];
	char *path, *end;

	good_arguments(row, arg);
	path = u_alloc(512);
	memset(path, 'x', 512);
	end = path + 512;
	assert_ptr_equal(end, process_current()->space->brk);
	arg[which] = (uintptr_t)end - 100;
	assert_int_equal(call(row, arg), -EFAULT);
	arg[which] = (uintptr_t)path;
	assert_int_equal(call(row, arg), -ENAMETOOLONG);
	path[ABI_PATH_MAX] = '\0';
	assert_int_equal(call(row, arg), -ENAMETOOLONG);
}

static void paths_are_measured(void)
{
	unsigned paths = 0;

	for (unsigned i = 0; i < ROWS; i++)
		for (int k = 0; k < 6; k++)
			if (rows[i].arg[k].kind == KIND_PATH) {
				path_without_an_end(&rows[i], k);
				paths++;
			}
	assert_true(paths > 10);
}

static void descriptors_are_checked_by_the_handlers(void)
{
	static const int bad[] = {-1, 0, ABI_OPEN_MAX, INT32_MAX, INT32_MIN};
	void *memory = u_alloc(256);

	for (unsigned i = 0; i < ROWS; i++)
		for (unsigned k = 0; k < sizeof bad / sizeof bad[0]; k++) {
			bool pointer = is_pointer(rows[i].arg[1].kind);
			uintptr_t arg[6] = {(uintptr_t)bad[k], pointer ? (uintptr_t)memory : 1};

			if (rows[i].arg[0].kind == KIND_FD && call(&rows[i], arg) != -EBADF)
				fail_msg("%s: descriptor %d", rows[i].name, bad[k]);
		}
}

static void table_has_every_row_and_nothing_else(void)
{
	unsigned present = 0;

	for (unsigned i = 0; i < ROWS; i++)
		assert_non_null(syscall_table[rows[i].number]);
	for (unsigned i = 0; i < SYSCALL_SLOTS; i++)
		present += syscall_table[i] != NULL;
	assert_int_equal(present, ROWS);
}

static void values_are_narrowed_to_their_types(void)
{
	assert_int_equal(u_call(6, (uintptr_t)1 | (uintptr_t)7 << 32, (uintptr_t)0 | (uintptr_t)9 << 40), 0); /* kill(1, 0) */
	assert_int_equal(u_call(15, (uintptr_t)0xffff0000 | 077), 022);
	assert_int_equal(u_call(15, (uintptr_t)022), 077);
}

static void identity_calls(void)
{
	struct abi_utsname *name = u_alloc(sizeof *name);

	assert_int_equal(u_call(4), 1);
	assert_int_equal(u_call(5), 0);
	assert_int_equal(u_call(12, name), 0);
	assert_string_equal(name->sysname, "Sublet");
	assert_string_equal(name->machine, "host");
	assert_int_equal(u_call(13, (uintptr_t)99, (uintptr_t)0), -EINVAL);
}

static void yield_to_it(void)
{
	unit_note('y');
	u_call(8);
	unit_note('z');
}

static void yield_runs_the_others(void)
{
	long yielder;

	world_program("yielder", yield_to_it);
	yielder = u_spawn("/yielder");
	unit_note('p');
	u_reap(yielder);
	assert_string_equal(unit_notes(), "ypz");
}

static void power_off(void)
{
	u_call(13, (uintptr_t)ABI_REBOOT_POWEROFF, (uintptr_t)0x107);
}

static void reboot_ends_the_machine_with_the_code(void)
{
	unit_expect_end(power_off, 7, "");
}

static const struct CMUnitTest tests[] = {
	WORLD(syscalls, every_bad_pointer_is_efault),
	WORLD(syscalls, memory_that_ends_too_early_is_efault),
	WORLD(syscalls, paths_are_measured),
	WORLD(syscalls, descriptors_are_checked_by_the_handlers),
	WORLD(syscalls, table_has_every_row_and_nothing_else),
	WORLD(syscalls, values_are_narrowed_to_their_types),
	WORLD(syscalls, identity_calls),
	WORLD(syscalls, yield_runs_the_others),
	WORLD(syscalls, reboot_ends_the_machine_with_the_code),
};
UNIT_MAIN(syscalls, tests)
