/* The numbers of the system calls, CALL_name, for tests that make them without the C library. */
#pragma once

#define SYSCALL(number, name, ...) CALL_##name = number,
enum {
#include <abi/syscalls.def>
};
#undef SYSCALL
