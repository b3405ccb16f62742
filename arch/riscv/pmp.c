/*
 * Physical memory protection: entries 0-1 are the text's TOR pair, 2-3 the arena's. The configuration never changes, a
 * space is four addresses. User mode reaches nothing that no entry opens; M-mode is not limited (no entry is locked).
 * Privileged specification 1.12, section 3.7.
 *
 * A processor without PMP runs programs all the same, with all of memory open to them.
 *
 * The configuration is written again after each change of addresses: an implementation may cache what it found allowed, and QEMU before 8.1
 * drops its cache at a write of pmpcfg only. Where there is no cache it costs two instructions.
 */
#include <arch.h>
#include <riscv/csr.h>
#include <riscv/riscv.h>

static bool present;

#define PMP_CONFIG ((PMP_TOR | PMP_R | PMP_X) << 8 | (PMP_TOR | PMP_R | PMP_W) << 24)

void pmp_init(void)
{
	present = probe_pmp();
	arch_space_load(NULL);
}

void arch_space_set(struct arch_space *space, uintptr_t text, uintptr_t text_end, uintptr_t data, uintptr_t data_end)
{
	space->pmpaddr[0] = text >> 2;
	space->pmpaddr[1] = text_end >> 2;
	space->pmpaddr[2] = data >> 2;
	space->pmpaddr[3] = data_end >> 2;
}

void arch_space_load(const struct arch_space *space)
{
	static const struct arch_space closed;

	if (!present)
		return;
	if (!space)
		space = &closed;
	csr_write(pmpaddr0, space->pmpaddr[0]);
	csr_write(pmpaddr1, space->pmpaddr[1]);
	csr_write(pmpaddr2, space->pmpaddr[2]);
	csr_write(pmpaddr3, space->pmpaddr[3]);
	csr_write(pmpcfg0, PMP_CONFIG);
}

bool arch_isolates(void)
{
	return present;
}
