# Everything a board needs: kernel, SDK, programs, root file system, and the verbs run, test, gdb, size, help.
#
# board/<name>/board.cmake sets
#   SUBLET_WIDTH         32 or 64
#   BOARD_SOURCES        the board's drivers and what it shares with others, from ${SUBLET_ROOT}; board/<name>/*.c is added
#   BOARD_LINK_SYMBOLS   NAME=VALUE for arch/riscv/kernel.ld
#   BOARD_QEMU_MACHINE   the emulator's machine
# and where the defaults below do not fit:
#   BOARD_QEMU_SYSTEM    the emulator's program
#   BOARD_QEMU_MEMORY    size of RAM
#   BOARD_QEMU_ROOTFS    how the root file system is attached: the options of -drive, without file=
#   BOARD_QEMU_ROOTFS_SIZE  bytes that its image is padded to
enable_language(ASM)

set(BOARD_DIR ${CMAKE_SOURCE_DIR}/board/${BOARD})
if(NOT EXISTS ${BOARD_DIR}/board.cmake)
	message(FATAL_ERROR "there is no board '${BOARD}': ${BOARD_DIR}/board.cmake does not exist")
endif()
set(SUBLET_ROOT ${CMAKE_SOURCE_DIR})
set(BOARD_QEMU_MEMORY 128M)
set(BOARD_QEMU_ROOTFS if=pflash,unit=1,format=raw,readonly=on)
set(BOARD_QEMU_ROOTFS_SIZE 33554432)
include(${BOARD_DIR}/board.cmake)
if(NOT SUBLET_WIDTH MATCHES "^(32|64)$")
	message(FATAL_ERROR "board ${BOARD} must set SUBLET_WIDTH to 32 or 64")
endif()
if(NOT BOARD_QEMU_SYSTEM)
	set(BOARD_QEMU_SYSTEM qemu-system-riscv${SUBLET_WIDTH})
endif()

include(HostTools)
include(App)
include(Rootfs)

foreach(part libc-glue apps)
	if(EXISTS ${CMAKE_SOURCE_DIR}/${part}/CMakeLists.txt)
		add_subdirectory(${part})
	endif()
endforeach()
add_subdirectory(tests)

include(Kernel)
rootfs_target()
include(Verbs)
