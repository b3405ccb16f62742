/*
 * Checks what assembly believes about the layout of structures.
 */
#include <abi/abi.h>
#include <kernel/thread.h>
#include <riscv/layout.h>

_Static_assert(sizeof(struct trapframe) == FRAME_SIZE, "trap.S");
_Static_assert(offsetof(struct trapframe, pc) == FRAME_PC, "trap.S");
_Static_assert(offsetof(struct trapframe, x[9]) == FRAME_A0, "trap.S");
_Static_assert(offsetof(struct thread, context) == 0, "switch.S");
_Static_assert(offsetof(struct thread, work) == THREAD_WORK, "trap.S");
_Static_assert(THREAD_WORK_FULL == THREAD_WORK_FULL_BIT, "trap.S");
_Static_assert(offsetof(struct trapframe, guard) == 32 * sizeof(uintptr_t), "what is in front of it is what a handler's context shows");
_Static_assert(offsetof(struct trapframe, guard.calls) == FRAME_CALLS, "trap.S");
_Static_assert(offsetof(struct trapframe, guard.limit) == FRAME_LIMIT, "trap.S");
_Static_assert(offsetof(struct trapframe, guard.word) == FRAME_WORD, "trap.S");
_Static_assert(offsetof(struct cpu, current) == 0, "trap.S");
_Static_assert(FRAME_SIZE % 16 == 0, "the frame keeps the stack aligned");
