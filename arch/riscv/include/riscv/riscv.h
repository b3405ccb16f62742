/*
 * Private to arch/riscv and the boards.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void pmp_init(void);
/* Machine external interrupts, from the platform-level interrupt controller. */
void plic_init(void);
void plic_interrupt(void);

/* Whether a load of a word from the address (aligned to 4) succeeds instead of trapping. Boot, before user mode. */
bool probe_word(uintptr_t address);
/* Whether there are the four PMP entries that are used, with at least 16 KiB of granularity. Boot, before pmp_init. */
bool probe_pmp(void);

/* Ends the program as a debugger or the emulator sees it, with that exit code; stops here when nobody listens. */
_Noreturn void semihosting_exit(int code);

/* What a board must provide besides board.h. Called once, interrupts masked; the device tree may be NULL. */
void board_init(const void *device_tree);
/* RAM that the kernel may use for its heap, from the end of its own bss. */
void board_ram(const void *device_tree, uintptr_t *start, uintptr_t *end);
/* The root file system image. */
const void *board_rootfs(size_t *size);
