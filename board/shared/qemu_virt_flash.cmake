# What the flash variants of QEMU's virt machine share: bank 0 holds kernel and root file system, executed in place, bank 1 is writable.
set(BOARD_QEMU_OPTIONS -bios none -drive if=pflash,unit=0,format=raw,file={flash} -drive if=pflash,unit=1,format=raw,file={data})
set(BOARD_QEMU_DATA_SIZE 33554432)
set(BOARD_SUITES boot flash openocd run target)
set(BOARD_FLASH_LAYOUT "base=0x20000000 size=32M erase=256K kernel=0:256K+256K rootfs=0:512K+16M spare=0:16896K+15872K data=1:0+32M,rw")
set(BOARD_SOURCES ${SUBLET_ROOT}/board/shared/qemu_virt.c ${SUBLET_ROOT}/board/shared/virt_flash.c
    ${SUBLET_ROOT}/board/shared/fdt.c ${SUBLET_ROOT}/board/shared/probe.c
    ${SUBLET_ROOT}/drivers/riscv_clint.c ${SUBLET_ROOT}/drivers/riscv_plic.c
    ${SUBLET_ROOT}/drivers/ns16550.c ${SUBLET_ROOT}/drivers/goldfish_rtc.c ${SUBLET_ROOT}/drivers/flash_table.c
    ${SUBLET_ROOT}/drivers/flash_parts.c ${SUBLET_ROOT}/drivers/cfi_flash.c
    ${SUBLET_ROOT}/drivers/cfi_query.c ${SUBLET_ROOT}/drivers/mtd.c)
set(BOARD_LINK_SYMBOLS KERNEL_TEXT=0x20040000 KERNEL_DATA=0x80000000)
