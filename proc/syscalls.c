/*
 * The dispatch table, expanded from abi/syscalls.def: for each call an entry that checks the arguments by kind, narrows them to
 * their types (a register may hold anything), and runs the handler.
 */
#include "internal.h"

#include <abi/slots.h>
#include <proc/signal.h>

#define BYTES(type) (_Alignof(type) == 1) /* read, write and their like are checked without a call */
/* The build gives a table without the calls of what the board does without; their handlers do not exist, and their numbers lead nowhere. */
#ifndef SYSCALL_ROWS
#define SYSCALL_ROWS <abi/syscalls.def>
#endif

#define ALIGNED(type, p) (((p) & (_Alignof(type) - 1)) == 0)

#define ENTRY_VAL(type, name) uintptr_t name
#define ENTRY_FD(name) uintptr_t name
#define ENTRY_PATH(name) uintptr_t name
#define ENTRY_IN(type, name, bytes) uintptr_t name
#define ENTRY_OUT(type, name, bytes) uintptr_t name
#define ENTRY_IN_OPT(type, name, bytes) uintptr_t name
#define ENTRY_OUT_OPT(type, name, bytes) uintptr_t name
#define ENTRY_VEC(name) uintptr_t name

#define CHECK_VAL(type, name)
#define CHECK_FD(name)
#define CHECK_PATH(name)                                                                                               \
	{                                                                                                              \
		long checked = user_string((const char *)name, ABI_PATH_MAX);                                          \
		if (checked < 0)                                                                                       \
			return checked;                                                                                \
	}
#define CHECK_IN(type, name, bytes)                                                                                    \
	if (BYTES(type) ? !user_readable((const void *)name, bytes) : !user_readable_object(name, bytes, _Alignof(type))) \
		return -EFAULT;
#define CHECK_OUT(type, name, bytes)                                                                                   \
	if (BYTES(type) ? !user_writable((const void *)name, bytes) : !user_writable_object(name, bytes, _Alignof(type))) \
		return -EFAULT;
#define CHECK_IN_OPT(type, name, bytes)                                                                                \
	if (name && !user_readable_object(name, bytes, _Alignof(type)))                                                \
		return -EFAULT;
#define CHECK_OUT_OPT(type, name, bytes)                                                                               \
	if (name && (sizeof(type) == sizeof(int) ? !ALIGNED(type, name) || !user_writable((const void *)name, bytes)   \
						 : !user_writable_object(name, bytes, _Alignof(type))))                \
		return -EFAULT;
#define CHECK_VEC(name)

#define PASS_VAL(type, name) (type) name
#define PASS_FD(name) (int)name
#define PASS_PATH(name) (const char *)name
#define PASS_IN(type, name, bytes) (type *)name
#define PASS_OUT(type, name, bytes) (type *)name
#define PASS_IN_OPT(type, name, bytes) (type *)name
#define PASS_OUT_OPT(type, name, bytes) (type *)name
#define PASS_VEC(name) (char *const *)name

#define SYSCALL(number, name, type, brief, ...)                                                                        \
	static long enter_##name SYSCALL_PARAMS(ENTRY, ##__VA_ARGS__)                                                  \
	{                                                                                                              \
		SYSCALL_ALL(CHECK, ##__VA_ARGS__)                                                                      \
		return sys_##name(SYSCALL_EACH(PASS, ##__VA_ARGS__));                                                  \
	}
#include SYSCALL_ROWS
#undef SYSCALL

/* Duplicate numbers are found by the compiler (-Woverride-init, an error here). */
#pragma GCC diagnostic error "-Woverride-init"
typedef long (*syscall_entry)(void);
extern const syscall_entry syscall_table[SYSCALL_SLOTS]; /* for the trap path; a number without a call is NULL */
#define SYSCALL(number, name, type, brief, ...) [number] = (syscall_entry)(void *)enter_##name,
const syscall_entry syscall_table[SYSCALL_SLOTS] = {
#include SYSCALL_ROWS
};
#undef SYSCALL
