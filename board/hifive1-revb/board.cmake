# SiFive HiFive1 Rev B: FE310-G002, 16 KiB of RAM. Kernel and root file system run from the QSPI flash; its first 64 KiB are the boot loader's.
set(SUBLET_WIDTH 32)
set(BOARD_SOURCES ${SUBLET_ROOT}/drivers/sifive_uart.c ${SUBLET_ROOT}/drivers/riscv_clint.c ${SUBLET_ROOT}/drivers/riscv_plic.c)
set(BOARD_LINK_SYMBOLS KERNEL_TEXT=0x20010000 KERNEL_DATA=0x80000000)
set(BOARD_OPTIMIZE -Os)
set(BOARD_ROOTFS_ADDRESS 0x20020000)
set(BOARD_ROOTFS_SIZE 0x3e0000)

set(BOARD_QEMU_MACHINE sifive_e,revb=true)
set(BOARD_QEMU_MEMORY 16K)
set(BOARD_QEMU_OPTIONS -device loader,file={kernel} -device loader,file={rootfs.elf}
    -semihosting-config enable=on,target=native)
set(BOARD_WITHOUT vforksan)
