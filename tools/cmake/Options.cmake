# The switches of a build; CMakePresets.json sets the usual combinations of them.
set(BOARD "" CACHE STRING "Folder under board/ to build for; empty: a native build of the tests")
set(SUBLET_PRESET "" CACHE STRING "Name of the preset that this build folder belongs to")
set(SUBLET_BUILD release CACHE STRING "release (-O2) or debug (-Og, assertions)")
option(SUBLET_WERROR "Make compiler warnings errors" OFF)

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_EXTENSIONS ON)

if(SUBLET_BUILD STREQUAL "release")
	set(SUBLET_OPTIMIZE -O2)
elseif(SUBLET_BUILD STREQUAL "debug")
	set(SUBLET_OPTIMIZE -Og -fno-omit-frame-pointer -DSUBLET_DEBUG=1)
else()
	message(FATAL_ERROR "SUBLET_BUILD is '${SUBLET_BUILD}', not release or debug")
endif()

set(SUBLET_WARNINGS -Wall -Wextra -Wshadow -Wmissing-prototypes -Wconversion)
if(SUBLET_WERROR)
	list(APPEND SUBLET_WARNINGS -Werror)
endif()

# Public include folders of the parts that know neither processor nor board.
set(SUBLET_PORTABLE_INCLUDES
	${CMAKE_SOURCE_DIR}/kernel/include
	${CMAKE_SOURCE_DIR}/proc/include
	${CMAKE_SOURCE_DIR}/proc/abi
	${CMAKE_SOURCE_DIR}/fs/include
	${CMAKE_SOURCE_DIR}/drivers/include)
