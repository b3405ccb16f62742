/*
 * What tests may ask of the native processor.
 */
#pragma once

#include <arch.h>
#include <setjmp.h>

/* How far a system call moves the pc on: arch_frame_repeat_call takes it back. */
#define HOST_CALL_SIZE 4

/* A fresh machine: `size` bytes of kernel memory, time 0, the calling context as the idle thread. */
void host_boot(size_t size);
/* Gives the memory back. Fails the test when the allocator's structures are broken. */
void host_shutdown(void);

/* Runs threads, and lets time jump to the next timer when all sleep, until nothing is ready and no
 * timer is armed. */
void host_run(void);

uint64_t host_time(void);
/* Moves time forward; timers that become due fire at the next poll or idle moment. */
void host_advance(uint64_t ticks);
/* What the kernel told the timer hardware; UINT64_MAX: nothing. */
uint64_t host_deadline(void);

/* Switches between contexts since boot. */
unsigned host_switches(void);

/* Calls of arch_sync_text since boot. */
unsigned host_text_syncs(void);

/* The space that is open on the processor now. */
const struct arch_space *host_space(void);

/* Makes arch_poweroff (so: panic) return to setjmp(host_end) with code + 1 instead of aborting, once. */
extern jmp_buf host_end;
void host_expect_end(void);

/* Everything that went to the console by polling, NUL-terminated; host_boot empties it. */
const char *host_console(void);
