# QEMU's virt machine, 64 bits, booted from flash.
set(SUBLET_WIDTH 64)
set(BOARD_QEMU_MACHINE virt)
include(${SUBLET_ROOT}/board/shared/qemu_virt_flash.cmake)
