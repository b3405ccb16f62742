/*
 * QEMU's `virt` started with the kernel as firmware: the second flash bank is the root file system, and nothing writes it.
 */
#include <board.h>
#include <riscv/riscv.h>

void virt_flash_init(void)
{
}

const void *board_rootfs(size_t *size)
{
	*size = VIRT_FLASH_SIZE;
	return (const void *)VIRT_FLASH1_BASE;
}
