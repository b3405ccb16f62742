# CMake toolchain file: builds a C project for Sublet.
#
#   cmake -DCMAKE_TOOLCHAIN_FILE=SDK/sublet.cmake [-DSUBLET_BOARD=NAME] ...
#
# An executable of the project is a flat binary; its ELF for debuggers lies beside it with the suffix .elf.
list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR}/lib/cmake)
set(CMAKE_SYSTEM_NAME Sublet)
set(CMAKE_SYSTEM_PROCESSOR riscv)

set(CMAKE_C_COMPILER ${CMAKE_CURRENT_LIST_DIR}/bin/sublet-cc)
set(CMAKE_AR riscv64-unknown-elf-ar CACHE FILEPATH "")
set(CMAKE_RANLIB riscv64-unknown-elf-ranlib CACHE FILEPATH "")

set(SUBLET_BOARD "" CACHE STRING "Board to build for; empty: the one the SDK was made for")
if(SUBLET_BOARD)
	set(CMAKE_C_FLAGS_INIT "--board=${SUBLET_BOARD}")
endif()
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES SUBLET_BOARD)

set(CMAKE_FIND_ROOT_PATH ${CMAKE_CURRENT_LIST_DIR})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
