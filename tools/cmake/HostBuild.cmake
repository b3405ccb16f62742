# The native build: the portable parts as a library under ASan and UBSan, the unit tests over it, and the host tools.
enable_testing()
set(SUBLET_SANITIZE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)

file(GLOB portable_sources CONFIGURE_DEPENDS
	${CMAKE_SOURCE_DIR}/kernel/*.c
	${CMAKE_SOURCE_DIR}/proc/*.c
	${CMAKE_SOURCE_DIR}/fs/*.c
	${CMAKE_SOURCE_DIR}/drivers/cfi_*.c
	${CMAKE_SOURCE_DIR}/drivers/flash_*.c
	${CMAKE_SOURCE_DIR}/drivers/mtd.c
	${CMAKE_SOURCE_DIR}/drivers/spi_nor.c
	${CMAKE_SOURCE_DIR}/tests/host/*.c)
if(portable_sources)
	add_library(sublet-host STATIC ${portable_sources})
	target_include_directories(sublet-host PUBLIC ${SUBLET_PORTABLE_INCLUDES} ${CMAKE_SOURCE_DIR}/tests/host)
	target_compile_definitions(sublet-host PUBLIC
		SUBLET_HOST=1 SUBLET_BOARD="host" SUBLET_VERSION="${PROJECT_VERSION}")
	target_compile_options(sublet-host PUBLIC ${SUBLET_OPTIMIZE} -g ${SUBLET_SANITIZE} PRIVATE ${SUBLET_WARNINGS})
	# A weak reference does not fetch a member of an archive: what a board may leave out is asked for here.
	target_link_options(sublet-host PUBLIC ${SUBLET_SANITIZE} -Wl,-u,ptmx_ops -Wl,-u,devpts -Wl,-u,tmpfs)
endif()

file(GLOB tool_folders ${CMAKE_SOURCE_DIR}/tools/*/CMakeLists.txt)
foreach(file IN LISTS tool_folders)
	cmake_path(GET file PARENT_PATH folder)
	add_subdirectory(${folder})
endforeach()
add_subdirectory(tests)
