# SiFive HiFive Unleashed: the monitor core (E51) of an FU540-C000. A loader copies kernel and root file system from SPI NOR flash to RAM.
set(SUBLET_WIDTH 64)
set(BOARD_SOURCES ${SUBLET_ROOT}/board/shared/fdt.c ${SUBLET_ROOT}/board/shared/probe.c
    ${SUBLET_ROOT}/drivers/sifive_uart.c ${SUBLET_ROOT}/drivers/riscv_clint.c ${SUBLET_ROOT}/drivers/riscv_plic.c
    ${SUBLET_ROOT}/drivers/sifive_spi.c ${SUBLET_ROOT}/drivers/spi_nor.c ${SUBLET_ROOT}/drivers/mtd.c
    ${SUBLET_ROOT}/drivers/flash_table.c ${SUBLET_ROOT}/drivers/flash_parts.c ${SUBLET_ROOT}/drivers/no_rtc.c)
set(BOARD_LINK_SYMBOLS KERNEL_TEXT=0x80000000)
set(BOARD_FLASH_LAYOUT "base=0x20000000 size=32M erase=64K loader=0:64K+64K kernel=0:128K+384K rootfs=0:512K+16M@0x80100000 data=0:16896K+15872K,rw")
set(BOARD_LOADER_SOURCES ${SUBLET_ROOT}/board/hifive-unleashed/loader/board.c ${SUBLET_ROOT}/drivers/sifive_uart.c
    ${SUBLET_ROOT}/drivers/sifive_spi.c ${SUBLET_ROOT}/drivers/spi_nor.c ${SUBLET_ROOT}/drivers/flash_table.c)
set(BOARD_LOADER_TEXT 0x08000000)
set(BOARD_SUITES boot flash openocd target)

set(BOARD_QEMU_MACHINE sifive_u,msel=6)
set(BOARD_QEMU_OPTIONS -bios {loader} -drive if=mtd,format=raw,file={flash} -semihosting-config enable=on,target=native)
