/*
 * Prototypes of all handlers, expanded from abi/syscalls.def. A handler returns a value >= 0 or -Exxx; see there for what has
 * been checked before it runs.
 */
#pragma once

#include <abi/abi.h>
#include <abi/errno.h>
#include <abi/syscall_each.h>

#include <stddef.h>
#include <stdint.h>

#define HANDLER_VAL(type, name) type name
#define HANDLER_FD(name) int name
#define HANDLER_PATH(name) const char *name
#define HANDLER_IN(type, name, bytes) type *name
#define HANDLER_OUT(type, name, bytes) type *name
#define HANDLER_IN_OPT(type, name, bytes) type *name
#define HANDLER_OUT_OPT(type, name, bytes) type *name
#define HANDLER_VEC(name) char *const *name
#define SYSCALL(number, name, type, brief, ...) type sys_##name SYSCALL_PARAMS(HANDLER, ##__VA_ARGS__);
#include <abi/syscalls.def>
#undef SYSCALL
