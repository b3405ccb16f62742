# Tools that run on the build machine during a board build, so compiled with the host's compiler and not the project's.
find_program(HOST_CC NAMES cc gcc REQUIRED)
set(ELF2BFLT ${CMAKE_BINARY_DIR}/host/elf2bflt)

file(GLOB elf2bflt_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/elf2bflt/*.c)
file(GLOB elf2bflt_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tools/elf2bflt/*.h)
if(elf2bflt_sources)
	file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/host)
	add_custom_command(OUTPUT ${ELF2BFLT}
		COMMAND ${HOST_CC} -O2 -g -std=gnu11 -Wall -Wextra -I ${CMAKE_SOURCE_DIR}/proc/abi
			-o ${ELF2BFLT} ${elf2bflt_sources} -lelf
		DEPENDS ${elf2bflt_sources} ${elf2bflt_headers} ${CMAKE_SOURCE_DIR}/proc/abi/abi/bflt.h
		COMMENT "Building elf2bflt for the host" VERBATIM)
	add_custom_target(elf2bflt DEPENDS ${ELF2BFLT})
endif()
