# QEMU's virt machine, 32 bits, booted from flash.
set(SUBLET_WIDTH 32)
set(BOARD_QEMU_MACHINE virt)
include(${SUBLET_ROOT}/board/shared/qemu_virt_flash.cmake)
