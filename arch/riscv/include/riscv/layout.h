/*
 * Offsets for assembly, in units of a register; checked against the structures in layout.c.
 */
#pragma once

#if __riscv_xlen == 64
#define S sd
#define L ld
#define W 8
#define LOG_W 3
#else
#define S sw
#define L lw
#define W 4
#define LOG_W 2
#endif

#define FRAME_PC 0
#define FRAME_X(n) ((n)*W) /* xn, n = 1..31 */
#define FRAME_CALLS (32 * W) /* struct guard */
#define FRAME_LIMIT (33 * W)
#define FRAME_WORD (34 * W)
#define FRAME_SIZE (36 * W)

#define FRAME_RA FRAME_X(1)
#define FRAME_SP FRAME_X(2)
#define FRAME_GP FRAME_X(3)
#define FRAME_TP FRAME_X(4)
#define FRAME_T0 FRAME_X(5)
#define FRAME_A0 FRAME_X(10)
#define FRAME_A7 FRAME_X(17)

/* struct thread: context is first, then link, space, owner, and the bytes state, policy, prio, base_prio, sleep, work. */
#define THREAD_WORK (5 * W + 5)

#define THREAD_WORK_FULL_BIT 2

#define CAUSE_USER_ECALL 8
