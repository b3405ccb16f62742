/*
 * Control and status registers by the privileged specification's names.
 */
#pragma once

#define csr_read(csr)                                                                                                 \
	({                                                                                                             \
		uintptr_t csr_value;                                                                                   \
		__asm__ volatile("csrr %0, " #csr : "=r"(csr_value)::"memory");                                        \
		csr_value;                                                                                             \
	})
#define csr_write(csr, value) __asm__ volatile("csrw " #csr ", %0" ::"r"((uintptr_t)(value)) : "memory")
#define csr_set(csr, bits) __asm__ volatile("csrs " #csr ", %0" ::"r"((uintptr_t)(bits)) : "memory")
#define csr_clear(csr, bits) __asm__ volatile("csrc " #csr ", %0" ::"r"((uintptr_t)(bits)) : "memory")

#define MIE_MTIE (1u << 7)
#define MIE_MEIE (1u << 11)

#define MCAUSE_INTERRUPT ((uintptr_t)1 << (__riscv_xlen - 1))
#define MCAUSE_MTI 7
#define MCAUSE_MEI 11

enum {
	CAUSE_FETCH_MISALIGNED = 0,
	CAUSE_FETCH_ACCESS = 1,
	CAUSE_ILLEGAL = 2,
	CAUSE_BREAKPOINT = 3,
	CAUSE_LOAD_MISALIGNED = 4,
	CAUSE_LOAD_ACCESS = 5,
	CAUSE_STORE_MISALIGNED = 6,
	CAUSE_STORE_ACCESS = 7,
};

#define PMP_R 0x01u
#define PMP_W 0x02u
#define PMP_X 0x04u
#define PMP_TOR 0x08u
