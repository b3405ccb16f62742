# NAME OF THE BOARD: chip, memory. Copy this folder to board/NAME and give every FILL_IN a value; docs/porting.md goes through them.
set(SUBLET_WIDTH FILL_IN_WIDTH)
# A board with a calendar clock has a driver in place of no_rtc.c, one that can switch itself off or reset itself has arch_poweroff and
# arch_restart in board.c in place of no_switch.c.
set(BOARD_SOURCES ${SUBLET_ROOT}/drivers/ns16550.c ${SUBLET_ROOT}/drivers/riscv_clint.c ${SUBLET_ROOT}/drivers/riscv_plic.c
    ${SUBLET_ROOT}/drivers/no_rtc.c ${SUBLET_ROOT}/board/shared/fixed_rootfs.c ${SUBLET_ROOT}/board/shared/no_switch.c)
set(BOARD_LINK_SYMBOLS KERNEL_TEXT=FILL_IN_KERNEL_TEXT KERNEL_DATA=FILL_IN_RAM_START)
set(BOARD_ROOTFS_ADDRESS FILL_IN_ROOTFS_ADDRESS)
set(BOARD_ROOTFS_SIZE FILL_IN_ROOTFS_SIZE)

# Where QEMU has the board. Where it has not, these lines become set(BOARD_SUITES): the board is only built.
set(BOARD_QEMU_MACHINE FILL_IN_MACHINE)
set(BOARD_QEMU_MEMORY FILL_IN_MEMORY)
set(BOARD_QEMU_OPTIONS -bios {kernel} -device loader,file={rootfs.elf} -semihosting-config enable=on,target=native)
