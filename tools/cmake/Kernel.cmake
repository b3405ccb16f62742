# The kernel: one executable, sublet.elf, of arch/riscv, the portable parts, the board's drivers and the board itself.
# libgcc is chosen with the plain -march: GCC 12 falls back to the wrong multilib when it carries _zicsr.
file(GLOB kernel_sources CONFIGURE_DEPENDS
	${CMAKE_SOURCE_DIR}/arch/riscv/*.[cS]
	${CMAKE_SOURCE_DIR}/kernel/*.c
	${CMAKE_SOURCE_DIR}/proc/*.c
	${CMAKE_SOURCE_DIR}/fs/*.c
	${BOARD_DIR}/*.[cS])
list(APPEND kernel_sources ${BOARD_SOURCES})
include(Features)
features_apply(kernel_sources)

set(kernel_script ${CMAKE_SOURCE_DIR}/arch/riscv/kernel.ld)
if(NOT kernel_sources OR NOT EXISTS ${kernel_script})
	message(STATUS "sublet.elf is left out: arch/riscv/kernel.ld or the sources are missing")
	return()
endif()

if(SUBLET_WIDTH EQUAL 32)
	set(kernel_abi -mabi=ilp32)
else()
	set(kernel_abi -mabi=lp64)
endif()
set(kernel_march -march=rv${SUBLET_WIDTH}imac)
set(kernel_defines SUBLET_WIDTH=${SUBLET_WIDTH} SUBLET_BOARD="${BOARD}" SUBLET_VERSION="${PROJECT_VERSION}")
if(BOARD_ROOTFS_ADDRESS)
	list(APPEND kernel_defines BOARD_ROOTFS_ADDRESS=${BOARD_ROOTFS_ADDRESS}u BOARD_ROOTFS_SIZE=${BOARD_ROOTFS_SIZE}u)
endif()
set(kernel_includes ${CMAKE_SOURCE_DIR}/arch/riscv/include ${BOARD_DIR} ${CMAKE_SOURCE_DIR}/board/shared)
set(kernel_optimize ${SUBLET_OPTIMIZE})
if(SUBLET_BUILD STREQUAL "release" AND BOARD_OPTIMIZE)
	set(kernel_optimize ${BOARD_OPTIMIZE})
endif()
list(TRANSFORM BOARD_LINK_SYMBOLS PREPEND -Wl,--defsym= OUTPUT_VARIABLE kernel_symbols)

add_executable(sublet.elf ${kernel_sources})
target_compile_definitions(sublet.elf PRIVATE ${kernel_defines})
target_include_directories(sublet.elf PRIVATE ${SUBLET_PORTABLE_INCLUDES} ${kernel_includes})
target_compile_options(sublet.elf PRIVATE
	${kernel_march}_zicsr_zifencei ${kernel_abi} -mcmodel=medany -g ${kernel_optimize}
	-ffreestanding -fno-common -ffunction-sections -fdata-sections
	$<$<COMPILE_LANGUAGE:C>:${SUBLET_WARNINGS}>)
target_link_options(sublet.elf PRIVATE
	${kernel_march} ${kernel_abi} -nostdlib -nostartfiles -static -T ${kernel_script} ${kernel_symbols}
	-Wl,--gc-sections -Wl,-Map=${CMAKE_BINARY_DIR}/sublet.map -Wl,--no-warn-rwx-segments)
set_target_properties(sublet.elf PROPERTIES LINK_DEPENDS ${kernel_script})

# A release is compiled for size, but for what every system call, switch and process goes through.
set(kernel_hot arch/riscv/context arch/riscv/pmp drivers/riscv_clint
	fs/fd fs/file fs/pipe fs/sys_io
	kernel/arith kernel/mem kernel/mem_block kernel/sem kernel/thread kernel/waitq
	proc/exit proc/futex proc/loan proc/misc proc/process proc/sigdeliver proc/user proc/wait)
if(SUBLET_BUILD STREQUAL "release" AND NOT BOARD_OPTIMIZE) # a board that chooses for itself chooses for all
	foreach(file IN LISTS kernel_hot)
		if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${file}.c)
			message(FATAL_ERROR "the list kernel_hot names ${file}.c, which does not exist")
		endif()
		set_source_files_properties(${CMAKE_SOURCE_DIR}/${file}.c PROPERTIES COMPILE_OPTIONS "${kernel_optimize};-mno-save-restore")
	endforeach()
	# Calls for saving registers cost little text and, where many functions call each other, much time.
	set_source_files_properties(${CMAKE_SOURCE_DIR}/proc/args.c ${CMAKE_SOURCE_DIR}/proc/signal.c ${CMAKE_SOURCE_DIR}/proc/sigwait.c
		PROPERTIES COMPILE_OPTIONS -mno-save-restore)
	target_compile_options(sublet.elf PRIVATE -Os -msave-restore)
endif()

# memcpy, memset, strlen and their like come from the SDK's newlib.
if(TARGET sdk)
	add_dependencies(sublet.elf sdk)
	target_link_libraries(sublet.elf PRIVATE ${CMAKE_BINARY_DIR}/sdk/lib/rv${SUBLET_WIDTH}/libc.a)
endif()
target_link_libraries(sublet.elf PRIVATE gcc)
