# Everything a board needs: kernel, SDK, programs, root file system, and the verbs run, test, gdb, size, help.
#
# board/<name>/board.cmake sets
#   SUBLET_WIDTH         32 or 64
#   BOARD_SOURCES        the board's drivers and what it shares with others, from ${SUBLET_ROOT}; board/<name>/*.c is added
#   BOARD_LINK_SYMBOLS   NAME=VALUE for arch/riscv/kernel.ld
# for a board that QEMU has
#   BOARD_QEMU_MACHINE   the emulator's machine; in board.cmake itself, where tools/test looks for it
# and where the defaults below do not fit:
#   BOARD_QEMU_SYSTEM    the emulator's program
#   BOARD_QEMU_MEMORY    size of RAM
#   BOARD_QEMU_OPTIONS   how kernel and root file system get into it; {kernel} and {rootfs} stand for the files, and
#                        {rootfs.elf} for one that loads itself where it belongs; {flash} for the image of both on a board
#                        that boots from flash, {data} for its second flash chip, which begins erased,
#                        {loader} for the boot loader
#   BOARD_QEMU_DATA_SIZE bytes of {data}
#   BOARD_FLASH_LAYOUT   geometry and partitions of the flash that the board boots from, see tools/lib/flashimage.py
#   BOARD_LOADER_SOURCES what its boot loader needs besides arch/riscv/loader, and BOARD_LOADER_TEXT, where that runs
#   BOARD_ROOTFS_ADDRESS where the root file system lies, for {rootfs.elf}; also a macro, for the board's C
#   BOARD_ROOTFS_SIZE    bytes of flash for it; its image is padded to them in the emulator. A macro where the address is
#   BOARD_OPTIMIZE       how the kernel's release build is optimized
#   BOARD_WITHOUT        features that are left out: a list of names from Features.cmake
#   BOARD_APPS           the only programs and ports of its root file system; not set: all
#   BOARD_WITHOUT_APPS   programs and ports that are left out of the root file system
#   BOARD_STACKS         NAME=BYTES: stacks of programs, where those of their own CMakeLists.txt do not fit
#   BOARD_HEAPS          NAME=BYTES: heap that programs are given at their start (sublet-cc -mheap=)
#   BOARD_SHELL          NAME=BYTES: the shell's HISTORY_SIZE, LINE_MAX_INTERACTIVE and STACK_RESERVE
#   BOARD_SUITES         folders of tests/ that tools/test runs on the board; `all`: every one
enable_language(ASM)

set(BOARD_DIR ${CMAKE_SOURCE_DIR}/board/${BOARD})
if(NOT EXISTS ${BOARD_DIR}/board.cmake)
	message(FATAL_ERROR "there is no board '${BOARD}': ${BOARD_DIR}/board.cmake does not exist")
endif()
set(SUBLET_ROOT ${CMAKE_SOURCE_DIR})
set(BOARD_QEMU_MEMORY 128M)
# The kernel is the machine's firmware: QEMU ignores -kernel for bare metal when the second flash bank has content.
set(BOARD_QEMU_OPTIONS -bios {kernel} -drive if=pflash,unit=1,format=raw,readonly=on,file={rootfs})
set(BOARD_ROOTFS_SIZE 33554432)
set(BOARD_SUITES all)
include(${BOARD_DIR}/board.cmake)
file(GLOB board_files ${BOARD_DIR}/*)
foreach(file IN LISTS board_files)
	file(STRINGS ${file} missing REGEX "FILL_IN_[A-Z_]+")
	if(missing)
		list(GET missing 0 missing)
		string(REGEX MATCH "FILL_IN_[A-Z_]+" missing "${missing}")
		message(FATAL_ERROR "${file}: ${missing} has no value yet, see docs/porting.md")
	endif()
endforeach()
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
include(Flash)
include(Verbs)
