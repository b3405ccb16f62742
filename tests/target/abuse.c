/*
 * The abuse test: every pointer argument of every system call, as the table lists them, is given addresses that are not the
 * caller's. Each must give EFAULT and change nothing. Also: numbers without a call, and arguments with garbage in unused bits.
 */
#include "harness.h"
#include "places.h"

#include <abi/abi.h>
#include <abi/syscall_each.h>

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum kind { KIND_END, KIND_VALUE, KIND_PATH_, KIND_READ, KIND_WRITE, KIND_VECTOR };

struct argument {
	uint8_t kind, optional, alignment;
};

struct call {
	int number;
	const char *name;
	struct argument argument[7];
};

#define KIND_VAL(type, name) {KIND_VALUE, 0, 1}
#define KIND_FD(name) {KIND_VALUE, 0, 1}
#define KIND_PATH(name) {KIND_PATH_, 0, 1}
#define KIND_IN(type, name, bytes) {KIND_READ, 0, _Alignof(type)}
#define KIND_OUT(type, name, bytes) {KIND_WRITE, 0, _Alignof(type)}
#define KIND_IN_OPT(type, name, bytes) {KIND_READ, 1, _Alignof(type)}
#define KIND_OUT_OPT(type, name, bytes) {KIND_WRITE, 1, _Alignof(type)}
#define KIND_VEC(name) {KIND_VECTOR, 1, sizeof(char *)}
#define SYSCALL(number, name, type, brief, ...) {number, #name, {SYSCALL_EACH(KIND, ##__VA_ARGS__)}},
static const struct call calls[] = {
#include <abi/syscalls.def>
};
#undef SYSCALL
#define CALLS (sizeof calls / sizeof calls[0])

static long raw(long number, const uintptr_t a[6])
{
	register long a0 __asm__("a0") = (long)a[0];
	register long a1 __asm__("a1") = (long)a[1];
	register long a2 __asm__("a2") = (long)a[2];
	register long a3 __asm__("a3") = (long)a[3];
	register long a4 __asm__("a4") = (long)a[4];
	register long a5 __asm__("a5") = (long)a[5];
	register long a7 __asm__("a7") = number;

	__asm__ volatile("ecall"
			 : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3), "+r"(a4), "+r"(a5), "+r"(a7)
			 :
			 : "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a6", "memory");
	return a0;
}

static uintptr_t buffer[128];
static char *vector[] = {"x", NULL};

static uintptr_t good(const struct argument *argument)
{
	switch (argument->kind) {
	case KIND_PATH_: return (uintptr_t)"/bin/true";
	case KIND_READ:
	case KIND_WRITE: return (uintptr_t)buffer;
	case KIND_VECTOR: return (uintptr_t)vector;
	default: return 16;
	}
}

/* Addresses that must be refused. */
static unsigned bad_addresses(const struct argument *argument, uintptr_t bad[12])
{
	uintptr_t brk = (uintptr_t)sbrk(0);
	unsigned n = 0;

	if (!argument->optional)
		bad[n++] = 0;
	bad[n++] = KERNEL;
	bad[n++] = UART;
	bad[n++] = brk;
	bad[n++] = brk - argument->alignment + (argument->kind == KIND_PATH_ ? 1 : 0);
	bad[n++] = (uintptr_t)-16;
	bad[n++] = UINTPTR_MAX / 2 + 1 - 16;
	if (argument->kind == KIND_WRITE)
		bad[n++] = (uintptr_t)raw & ~(uintptr_t)15; /* text */
	if (argument->alignment > 1)
		bad[n++] = (uintptr_t)buffer + 1;
	return n;
}

static int abuse(const struct call *call, unsigned which)
{
	uintptr_t arguments[6] = {0}, bad[12];
	unsigned count = bad_addresses(&call->argument[which], bad);

	for (unsigned i = 0; i < 6 && call->argument[i].kind; i++)
		arguments[i] = good(&call->argument[i]);
	for (unsigned i = 0; i < count; i++) {
		long result;

		arguments[which] = bad[i];
		result = raw(call->number, arguments);
		if (result != -EFAULT) {
			printf("# %s: argument %u = %p gave %ld\n", call->name, which, (void *)bad[i], result);
			return 1;
		}
	}
	return 0;
}

static int every_bad_pointer_gives_efault(void)
{
	int failed = 0;

	for (unsigned i = 0; i < CALLS; i++)
		for (unsigned k = 0; k < 6 && calls[i].argument[k].kind; k++)
			if (calls[i].argument[k].kind != KIND_VALUE)
				failed |= abuse(&calls[i], k);
	CHECK_EQUAL(failed, 0);
	return 0;
}

static int vectors_are_checked_to_the_end(void)
{
	char *inner[] = {"x", (char *)KERNEL, NULL};
	uintptr_t arguments[6] = {(uintptr_t)"/bin/true", (uintptr_t)inner, 0};
	char **edge = (char **)((uintptr_t)sbrk(0) - sizeof(char *));

	CHECK_EQUAL(raw(2, arguments), -EFAULT);
	*edge = "x"; /* not ended by NULL before the end of memory */
	arguments[1] = (uintptr_t)edge;
	CHECK_EQUAL(raw(2, arguments), -EFAULT);
	arguments[1] = (uintptr_t)vector;
	arguments[2] = (uintptr_t)edge;
	CHECK_EQUAL(raw(2, arguments), -EFAULT);
	return 0;
}

static int lengths_that_wrap_give_efault(void)
{
	int fd = open("/dev/zero", O_RDONLY);
	uintptr_t arguments[6] = {(uintptr_t)fd, (uintptr_t)buffer, (uintptr_t)-1};

	CHECK(fd >= 0);
	CHECK_EQUAL(raw(22, arguments), -EFAULT);
	arguments[2] = UINTPTR_MAX - (uintptr_t)buffer + 1;
	CHECK_EQUAL(raw(22, arguments), -EFAULT);
	close(fd);
	return 0;
}

static int ioctl_arguments_are_checked(void)
{
	uintptr_t arguments[6] = {0, ABI_FIONREAD, KERNEL};
	int fd = open("/dev/hostio", O_RDWR); /* what the tests' console is */

	CHECK(fd >= 0);
	arguments[0] = (uintptr_t)fd;
	CHECK_EQUAL(raw(43, arguments), -EFAULT);
	arguments[2] = (uintptr_t)sbrk(0) - 2;
	CHECK_EQUAL(raw(43, arguments), -EFAULT);
	arguments[2] = (uintptr_t)raw & ~(uintptr_t)15;
	CHECK_EQUAL(raw(43, arguments), -EFAULT);
	close(fd);
	return 0;
}

static int unknown_numbers_give_enosys(void)
{
	static const long numbers[] = {-1, 92, 93, 94, 95, 96, 255, 1000000, (long)((unsigned long)1 << (8 * sizeof(long) - 1)),
				       (long)(~0ul / sizeof(long)) + 1};
	const uintptr_t arguments[6] = {0};

	for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		CHECK_EQUAL(raw(numbers[i], arguments), -ENOSYS);
	return 0;
}

static int descriptors_out_of_range_give_ebadf(void)
{
	static const long numbers[] = {-1, 63, 64, 1000, INT32_MAX, INT32_MIN};
	uintptr_t arguments[6] = {0, (uintptr_t)buffer, 1};

	for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		arguments[0] = (uintptr_t)numbers[i];
		CHECK_EQUAL(raw(22, arguments), -EBADF);
		CHECK_EQUAL(raw(23, arguments), -EBADF);
		CHECK_EQUAL(raw(21, arguments), -EBADF);
	}
#if UINTPTR_MAX > UINT32_MAX
	arguments[0] = (uintptr_t)1 << 40; /* the int is 0: upper bits of a register do not count */
	CHECK_EQUAL(raw(32, (uintptr_t[6]){(uintptr_t)1 << 40, (uintptr_t)buffer}), 0);
#endif
	return 0;
}

TARGET_CASES(abuse, CASE(every_bad_pointer_gives_efault), CASE(vectors_are_checked_to_the_end),
	     CASE(lengths_that_wrap_give_efault), CASE(ioctl_arguments_are_checked), CASE(unknown_numbers_give_enosys),
	     CASE(descriptors_out_of_range_give_ebadf))
