# QEMU's virt machine, 32 bits. RAM at 0x80000000; the root file system in the second flash bank.
set(SUBLET_WIDTH 32)
set(BOARD_QEMU_MACHINE virt)
set(BOARD_SOURCES ${SUBLET_ROOT}/board/shared/qemu_virt.c ${SUBLET_ROOT}/board/shared/virt_rootfs.c
    ${SUBLET_ROOT}/board/shared/fdt.c ${SUBLET_ROOT}/board/shared/probe.c ${SUBLET_ROOT}/drivers/riscv_clint.c ${SUBLET_ROOT}/drivers/riscv_plic.c
    ${SUBLET_ROOT}/drivers/ns16550.c ${SUBLET_ROOT}/drivers/goldfish_rtc.c)
set(BOARD_LINK_SYMBOLS KERNEL_TEXT=0x80000000)
