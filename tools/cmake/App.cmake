# Programs of the guest. They are compiled by sublet-cc, so the SDK stays the one place that knows their flags; every
# function here writes custom commands, because CMake's own C compiler is the kernel's.
set(SUBLET_CC ${CMAKE_BINARY_DIR}/sdk/bin/sublet-cc)
set(APP_FLAGS -Os -g -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Wshadow -Wmissing-prototypes)
if(SUBLET_WERROR)
	list(APPEND APP_FLAGS -Werror)
endif()

# What every compilation depends on besides its source: the SDK, by the stamp that its build leaves.
function(app_sdk_dependencies result)
	set(${result} sdk $<TARGET_PROPERTY:sdk,SUBLET_SDK_STAMP> PARENT_SCOPE)
endfunction()

# sublet_objects(RESULT folder SOURCES... [FLAGS...]): compile SOURCES (absolute) into folder, list the objects in RESULT.
function(sublet_objects result folder)
	cmake_parse_arguments(ARG "" "" "SOURCES;FLAGS" ${ARGN})
	app_sdk_dependencies(sdk_dependencies)
	set(objects)
	foreach(source IN LISTS ARG_SOURCES)
		cmake_path(GET source FILENAME name)
		set(object ${folder}/${name}.o)
		file(RELATIVE_PATH shown ${CMAKE_BINARY_DIR} ${object})
		add_custom_command(OUTPUT ${object}
			COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
			COMMAND ${SUBLET_CC} ${APP_FLAGS} ${ARG_FLAGS} -MD -MF ${object}.d -MT ${object} -c -o ${object} ${source}
			DEPENDS ${source} ${sdk_dependencies} DEPFILE ${object}.d
			COMMENT "Compiling ${shown}" VERBATIM)
		list(APPEND objects ${object})
	endforeach()
	set(${result} ${objects} PARENT_SCOPE)
endfunction()

# sublet_program(FILE OBJECTS... [STACK n] [HEAP n] [LIBRARIES ...] [LINK_FLAGS ...]): link a flat binary.
function(sublet_program file)
	cmake_parse_arguments(ARG "" "STACK;HEAP" "OBJECTS;LIBRARIES;LINK_FLAGS" ${ARGN})
	app_sdk_dependencies(sdk_dependencies)
	set(stack)
	if(ARG_STACK)
		set(stack -mstack=${ARG_STACK})
	endif()
	if(ARG_HEAP)
		list(APPEND stack -mheap=${ARG_HEAP})
	endif()
	file(RELATIVE_PATH shown ${CMAKE_BINARY_DIR} ${file})
	add_custom_command(OUTPUT ${file}
		COMMAND ${SUBLET_CC} ${stack} ${ARG_LINK_FLAGS} -o ${file} ${ARG_OBJECTS} ${ARG_LIBRARIES}
		DEPENDS ${ARG_OBJECTS} ${ARG_LIBRARIES} ${sdk_dependencies}
		COMMENT "Linking ${shown}" VERBATIM)
endfunction()

# The code that several apps share, apps/lib/*.c, as an archive: what an app does not use drops out of it.
function(sublet_app_library result)
	set(library ${CMAKE_BINARY_DIR}/apps/lib/libapps.a)
	get_property(known GLOBAL PROPERTY SUBLET_APP_LIBRARY)
	if(NOT known)
		file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/apps/lib/*.c)
		if(NOT sources)
			set(${result} "" PARENT_SCOPE)
			return()
		endif()
		sublet_objects(objects ${CMAKE_BINARY_DIR}/apps/lib SOURCES ${sources} FLAGS -I ${CMAKE_SOURCE_DIR}/apps/lib)
		add_custom_command(OUTPUT ${library}
			COMMAND ${CMAKE_COMMAND} -E rm -f ${library}
			COMMAND riscv64-unknown-elf-ar rcsD ${library} ${objects}
			DEPENDS ${objects} COMMENT "Archiving apps/lib/libapps.a" VERBATIM)
		add_custom_target(app-library DEPENDS ${library})
		set_property(GLOBAL PROPERTY SUBLET_APP_LIBRARY ${library})
	endif()
	set(${result} ${library} PARENT_SCOPE)
endfunction()

# app_size(NAME list variable): the value of the row NAME=BYTES of a board's list, if there is one, takes the place of the variable's.
function(app_size name list variable)
	set(rows ${${list}})
	list(FILTER rows INCLUDE REGEX "^${name}=")
	if(rows)
		string(REGEX REPLACE "^.*=" "" bytes ${rows})
		set(${variable} ${bytes} PARENT_SCOPE)
	endif()
endfunction()

# sublet_app(NAME [STACK bytes] [SOURCES file...] [FLAGS ...] [LINK_FLAGS ...] [DESTINATION folder]): build a program of this
# folder's sources (default: every *.c of it) with apps/lib, and put it into the root file system (default: /bin).
function(sublet_app name)
	cmake_parse_arguments(ARG "" "STACK;DESTINATION" "SOURCES;FLAGS;LINK_FLAGS" ${ARGN})
	if(name IN_LIST BOARD_WITHOUT_APPS OR (BOARD_APPS AND NOT name IN_LIST BOARD_APPS))
		return()
	endif()
	app_size(${name} BOARD_STACKS ARG_STACK)
	app_size(${name} BOARD_HEAPS heap)
	if(NOT ARG_SOURCES)
		file(GLOB ARG_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
	endif()
	if(NOT ARG_DESTINATION)
		set(ARG_DESTINATION bin)
	endif()
	if(NOT ARG_SOURCES)
		message(STATUS "app ${name} is left out: ${CMAKE_CURRENT_SOURCE_DIR} holds no sources")
		return()
	endif()
	list(TRANSFORM ARG_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ REGEX "^[^/]")
	if(NOT TARGET sdk)
		message(STATUS "app ${name} is left out: there is no SDK")
		return()
	endif()
	set(folder ${CMAKE_BINARY_DIR}/apps/${name})
	sublet_app_library(library)
	sublet_objects(objects ${folder} SOURCES ${ARG_SOURCES} FLAGS ${ARG_FLAGS} -I ${CMAKE_SOURCE_DIR}/apps/lib)
	sublet_program(${folder}/${name} OBJECTS ${objects} STACK ${ARG_STACK} HEAP ${heap} LIBRARIES ${library}
		LINK_FLAGS ${ARG_LINK_FLAGS})
	add_custom_target(app-${name} DEPENDS ${folder}/${name})
	if(library)
		add_dependencies(app-${name} app-library)
	endif()
	rootfs_file(${folder}/${name} ${ARG_DESTINATION}/${name} EXECUTABLE)
	set_property(GLOBAL APPEND PROPERTY SUBLET_PROGRAMS ${folder}/${name})
endfunction()
