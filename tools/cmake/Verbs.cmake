# The verbs, the same on every board: run, test, debug, gdb, size, help. What they do lives in tools/.
set(verb_environment ${CMAKE_COMMAND} -E env SUBLET_NO_BUILD=1 SUBLET_PRESET=${SUBLET_PRESET})
set(verb_needs rootfs)
if(TARGET sublet.elf)
	list(APPEND verb_needs sublet.elf)
endif()

# What the tools must know of the board: how to start the emulator (no machine: it cannot be), and what to test.
string(REPLACE ";" " " qemu_options "${BOARD_QEMU_OPTIONS}")
string(REPLACE ";" " " board_suites "${BOARD_SUITES}")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/run.conf @ONLY CONTENT
"system=@BOARD_QEMU_SYSTEM@
machine=@BOARD_QEMU_MACHINE@
memory=@BOARD_QEMU_MEMORY@
options=@qemu_options@
rootfs_address=@BOARD_ROOTFS_ADDRESS@
rootfs_size=@BOARD_ROOTFS_SIZE@
suites=@board_suites@
release=@PROJECT_VERSION@
layout=@BOARD_FLASH_LAYOUT@
data_size=@BOARD_QEMU_DATA_SIZE@
")

add_custom_target(run COMMAND ${verb_environment} ${CMAKE_SOURCE_DIR}/tools/run --board ${BOARD}
	DEPENDS ${verb_needs} USES_TERMINAL COMMENT "" VERBATIM)
add_custom_target(gdb COMMAND ${verb_environment} ${CMAKE_SOURCE_DIR}/tools/run --board ${BOARD} --gdb
	DEPENDS ${verb_needs} USES_TERMINAL COMMENT "" VERBATIM)
add_custom_target(debug COMMAND ${verb_environment} ${CMAKE_SOURCE_DIR}/tools/run --board ${BOARD} debug
	DEPENDS ${verb_needs} USES_TERMINAL COMMENT "" VERBATIM)
add_custom_target(flash COMMAND ${verb_environment} ${CMAKE_SOURCE_DIR}/tools/run --board ${BOARD} flash
	DEPENDS ${verb_needs} USES_TERMINAL COMMENT "" VERBATIM)
add_custom_target(test COMMAND ${CMAKE_SOURCE_DIR}/tools/test --board ${BOARD}
	USES_TERMINAL COMMENT "" VERBATIM)

get_property(programs GLOBAL PROPERTY SUBLET_PROGRAMS)
add_custom_target(size COMMAND /usr/bin/python3 ${CMAKE_SOURCE_DIR}/tools/lib/size.py ${CMAKE_BINARY_DIR} ${programs}
	DEPENDS ${verb_needs} USES_TERMINAL COMMENT "" VERBATIM)

# tools/lib/ninja leads the reserved name `help` here.
add_custom_target(verbs
	COMMAND ${CMAKE_COMMAND} -E echo "cmake --build build/${SUBLET_PRESET} -t VERB"
	COMMAND ${CMAKE_COMMAND} -E echo "  run   boot ${BOARD} in QEMU to a prompt"
	COMMAND ${CMAKE_COMMAND} -E echo "  test  run the tests of ${BOARD}"
	COMMAND ${CMAKE_COMMAND} -E echo "  debug boot ${BOARD} in QEMU under gdb; a real one: tools/run --board ${BOARD} debug --probe NAME"
	COMMAND ${CMAKE_COMMAND} -E echo "  flash write the flash of a real ${BOARD}: the environment names the probe, SUBLET_PROBE=NAME"
	COMMAND ${CMAKE_COMMAND} -E echo "  gdb   boot ${BOARD} and wait for a debugger"
	COMMAND ${CMAKE_COMMAND} -E echo "  size  sizes of the kernel and of every program, and what RAM is used for"
	COMMAND ${CMAKE_COMMAND} -E echo "  help  this list"
	COMMENT "" VERBATIM)
