/*
 * A root file system that is linked to its place: BOARD_ROOTFS_ADDRESS and _SIZE come from board.cmake.
 */
#include <riscv/riscv.h>

const void *board_rootfs(size_t *size)
{
	*size = BOARD_ROOTFS_SIZE;
	return (const void *)BOARD_ROOTFS_ADDRESS;
}
