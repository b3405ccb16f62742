# The target `flash-image`: kernel, root file system and layout table in one file, flash.img, for the boards that say how their flash
# is laid out; with a boot loader where the board has one (BOARD_LOADER_SOURCES, linked at BOARD_LOADER_TEXT).
if(NOT BOARD_FLASH_LAYOUT OR NOT TARGET sublet.elf)
	return()
endif()
set(FLASH_IMAGE ${CMAKE_BINARY_DIR}/flash.img)
set(flash_tool ${CMAKE_SOURCE_DIR}/tools/lib/flashimage.py)
set(flash_parts kernel=$<TARGET_FILE:sublet.elf> rootfs=${ROOTFS_IMAGE})
set(flash_needs sublet.elf)

if(BOARD_LOADER_SOURCES)
	set(loader_folder ${CMAKE_SOURCE_DIR}/arch/riscv/loader)
	add_executable(loader.elf ${loader_folder}/start.S ${loader_folder}/loader.c ${CMAKE_SOURCE_DIR}/arch/riscv/semihosting.c
		${CMAKE_SOURCE_DIR}/arch/riscv/semihosting.S ${BOARD_LOADER_SOURCES})
	target_include_directories(loader.elf PRIVATE ${SUBLET_PORTABLE_INCLUDES} ${kernel_includes})
	target_compile_options(loader.elf PRIVATE ${kernel_march}_zicsr_zifencei ${kernel_abi} -mcmodel=medany -g -Os
		-ffreestanding -fno-common -ffunction-sections -fdata-sections $<$<COMPILE_LANGUAGE:C>:${SUBLET_WARNINGS}>)
	target_link_options(loader.elf PRIVATE ${kernel_march} ${kernel_abi} -nostdlib -nostartfiles -static
		-T ${loader_folder}/loader.ld -Wl,--defsym=LOADER_TEXT=${BOARD_LOADER_TEXT} -Wl,--gc-sections -Wl,--no-warn-rwx-segments)
	set_target_properties(loader.elf PROPERTIES LINK_DEPENDS ${loader_folder}/loader.ld)
	add_dependencies(loader.elf sdk)
	target_link_libraries(loader.elf PRIVATE ${CMAKE_BINARY_DIR}/sdk/lib/rv${SUBLET_WIDTH}/libc.a gcc)
	add_dependencies(sublet.elf loader.elf)
	list(APPEND flash_parts loader=$<TARGET_FILE:loader.elf>)
	list(APPEND flash_needs loader.elf)
endif()

add_custom_command(OUTPUT ${FLASH_IMAGE}
	COMMAND /usr/bin/python3 ${flash_tool} make ${BOARD_FLASH_LAYOUT} ${PROJECT_VERSION} ${FLASH_IMAGE} ${flash_parts}
	DEPENDS ${flash_needs} ${ROOTFS_IMAGE} ${flash_tool}
	COMMENT "Making flash.img" VERBATIM)
add_custom_target(flash-image ALL DEPENDS ${FLASH_IMAGE})
