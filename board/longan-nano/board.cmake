# Sipeed Longan Nano: GD32VF103CB, 32 KiB of RAM, 128 KiB of flash. Kernel, root file system and programs run from flash. QEMU does not have it.
set(SUBLET_WIDTH 32)
set(BOARD_SOURCES ${SUBLET_ROOT}/drivers/gd32_usart.c ${SUBLET_ROOT}/drivers/riscv_clint.c ${SUBLET_ROOT}/drivers/no_irq.c
    ${SUBLET_ROOT}/drivers/no_rtc.c ${SUBLET_ROOT}/board/shared/fixed_rootfs.c ${SUBLET_ROOT}/board/shared/no_switch.c)
set(BOARD_LINK_SYMBOLS KERNEL_TEXT=0x08000000 KERNEL_DATA=0x20000000)
set(BOARD_OPTIMIZE -Os -msave-restore)
set(BOARD_ROOTFS_ADDRESS 0x0800d000)
set(BOARD_ROOTFS_SIZE 0x13000)
set(BOARD_SUITES) # built only: tests/porting looks at the image

set(BOARD_WITHOUT limits names ptys threads tmpfs vforksan)
set(BOARD_APPS cat echo free grep init kill ls poweroff ps sh sleep uname wc)
set(BOARD_STACKS ls=832 grep=640)
