# SiFive HiFive1 Rev B: FE310-G002, 16 KiB of RAM. Kernel and root file system run from the QSPI flash; its first 64 KiB are the boot loader's.
set(SUBLET_WIDTH 32)
set(BOARD_SOURCES ${SUBLET_ROOT}/drivers/sifive_uart.c ${SUBLET_ROOT}/drivers/riscv_clint.c ${SUBLET_ROOT}/drivers/riscv_plic.c
    ${SUBLET_ROOT}/drivers/no_rtc.c ${SUBLET_ROOT}/board/shared/fixed_rootfs.c ${SUBLET_ROOT}/board/shared/no_switch.c)
set(BOARD_LINK_SYMBOLS KERNEL_TEXT=0x20010000 KERNEL_DATA=0x80000000)
set(BOARD_OPTIMIZE -Os -msave-restore -fno-jump-tables -fno-thread-jumps -fno-move-loop-invariants -fno-expensive-optimizations)
set(BOARD_ROOTFS_ADDRESS 0x20020000)
set(BOARD_ROOTFS_SIZE 0x3e0000)

set(BOARD_QEMU_MACHINE sifive_e,revb=true)
set(BOARD_QEMU_MEMORY 16K)
set(BOARD_QEMU_OPTIONS -device loader,file={kernel} -device loader,file={rootfs.elf}
    -semihosting-config enable=on,target=native)

# 48 KiB of kernel, 16 KiB of RAM.
set(BOARD_WITHOUT limits names ptys threads tmpfs vforksan)
set(BOARD_WITHOUT_APPS bench bench000k bench256k lua chmod cp mkdir mv rm rmdir touch vforksan) # too large, or without anything to write to
set(BOARD_STACKS init=176 sh=1632 ls=832 grep=384 wc=512 ps=640 cat=768)
set(BOARD_HEAPS sh=1040 ls=768 grep=176 ps=544 sort=256)
set(BOARD_SHELL HISTORY_SIZE=160 LINE_MAX_INTERACTIVE=128 STACK_RESERVE=600)
set(BOARD_SUITES small budget vfork-suite)
