/*
 * Broken invariants. A user's mistake never gets here: it ends in an errno or a signal.
 */
#pragma once

#include <kernel/config.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trapframe;

/* Prints an epitaph (message, thread, backtrace) on the console by polling and ends the machine with exit code 125.
 * Any context. Does not return. */
_Noreturn void panic(const char *message, const char *file, int line);
/* The same for an assertion: says that it failed. */
_Noreturn void panic_assertion(const char *condition, const char *file, int line);

/* The same for a trap taken in M-mode: adds cause, pc, address and registers of the frame. */
_Noreturn void panic_trap(const struct trapframe *frame, uintptr_t cause, uintptr_t address);

#define PANIC(message) panic(message, __FILE_NAME__, __LINE__)
#ifndef __FILE_NAME__
#define __FILE_NAME__ __FILE__
#endif
#define ASSERT(condition) ((condition) ? (void)0 : panic_assertion(CONFIG_ASSERT_TEXT ? #condition : "", __FILE_NAME__, __LINE__))
