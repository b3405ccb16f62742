# What a board can do without (BOARD_WITHOUT): for each feature the sources that stay out of the kernel, without .c, and its system calls, whose rows stay
# out of the kernel's table: they give ENOSYS. Nothing else of the kernel knows: file systems that are not there are not mounted (fs/init.c), devices that
# are not there have no name (fs/devfs.c).
set(feature_limits proc/limits)
set(feature_limits_calls prlimit)
set(feature_names fs/sys_names) # for boards without a file system that can be changed
set(feature_names_calls mkdir rmdir unlink rename chmod)
set(feature_ptys fs/devpts fs/pty)
set(feature_threads fs/semaphore proc/futex proc/pilock proc/threads)
set(feature_threads_calls thread_create thread_exit thread_self thread_kill thread_cancel futex_wait futex_wake futex_lock_pi futex_unlock_pi
	sem_open sem_unlink)
set(feature_tmpfs fs/tmpfs fs/tmpfs_data)
set(feature_vforksan proc/sanitizer)
# Where the rest of the kernel calls a function of a feature, feature_NAME_instead comes into its place.
set(feature_limits_instead proc/without/limits)
set(feature_threads_instead proc/without/threads)
set(feature_vforksan_instead proc/without/sanitizer)

# The table of system calls without the rows of `calls`, for proc/syscalls.c.
function(features_rows calls)
	set(rows ${CMAKE_BINARY_DIR}/syscalls.def)
	list(JOIN calls "|" pattern)
	file(READ ${CMAKE_SOURCE_DIR}/proc/abi/abi/syscalls.def table)
	string(REGEX REPLACE "SYSCALL\\([0-9]+, (${pattern}),[^\n]*\n" "" table "${table}")
	file(CONFIGURE OUTPUT ${rows} CONTENT "${table}" @ONLY)
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/proc/abi/abi/syscalls.def)
	set_property(SOURCE ${CMAKE_SOURCE_DIR}/proc/syscalls.c APPEND PROPERTY COMPILE_DEFINITIONS SYSCALL_ROWS="${rows}")
endfunction()

# features_apply(VARIABLE): takes the sources of what the board does without out of the list.
function(features_apply variable)
	set(sources ${${variable}})
	set(calls)
	foreach(feature IN LISTS BOARD_WITHOUT)
		if(NOT DEFINED feature_${feature})
			message(FATAL_ERROR "board ${BOARD} does without '${feature}', which tools/cmake/Features.cmake does not know")
		endif()
		foreach(file IN LISTS feature_${feature})
			list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/${file}.c)
		endforeach()
		foreach(file IN LISTS feature_${feature}_instead)
			list(APPEND sources ${CMAKE_SOURCE_DIR}/${file}.c)
		endforeach()
		list(APPEND calls ${feature_${feature}_calls})
	endforeach()
	if(calls)
		features_rows("${calls}")
	endif()
	set(${variable} ${sources} PARENT_SCOPE)
endfunction()
