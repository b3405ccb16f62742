# fuzz.bflt: a bounded run of libFuzzer over the loader of flat binaries; the harness makes its own seeds.
find_program(FUZZ_CLANG NAMES clang clang-14 clang-15 clang-16)
if(NOT FUZZ_CLANG)
	message(STATUS "No clang: fuzz.bflt is left out")
	return()
endif()
set(bflt_fuzzer ${CMAKE_CURRENT_BINARY_DIR}/bflt-fuzz)
file(GLOB bflt_fuzz_kernel CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/kernel/*.c)
set(bflt_fuzz_sources ${bflt_fuzz_kernel}
	${CMAKE_SOURCE_DIR}/proc/bflt.c ${CMAKE_SOURCE_DIR}/proc/space.c ${CMAKE_SOURCE_DIR}/proc/text.c
	${CMAKE_SOURCE_DIR}/tests/host/arch_host.c ${CMAKE_SOURCE_DIR}/tests/unit/flat.c ${CMAKE_CURRENT_SOURCE_DIR}/bflt.c)
list(TRANSFORM SUBLET_PORTABLE_INCLUDES PREPEND -I OUTPUT_VARIABLE bflt_fuzz_includes)
add_custom_command(OUTPUT ${bflt_fuzzer}
	COMMAND ${FUZZ_CLANG} -std=gnu11 -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all
		${bflt_fuzz_includes} -I${CMAKE_SOURCE_DIR}/tests/host -o ${bflt_fuzzer} ${bflt_fuzz_sources}
	DEPENDS ${bflt_fuzz_sources} ${CMAKE_SOURCE_DIR}/proc/internal.h ${CMAKE_SOURCE_DIR}/tests/unit/flat.h
	COMMENT "Building the fuzzer of flat binaries" VERBATIM)
add_custom_target(bflt-fuzzer ALL DEPENDS ${bflt_fuzzer})
add_test(NAME fuzz.bflt
	COMMAND ${bflt_fuzzer} -seed=1 -runs=300000 -max_len=4096 -timeout=10 -artifact_prefix=${CMAKE_CURRENT_BINARY_DIR}/)
set_tests_properties(fuzz.bflt PROPERTIES TIMEOUT 300)
