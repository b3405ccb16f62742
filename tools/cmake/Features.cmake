# What a board can do without (BOARD_WITHOUT): for each feature the sources that stay out of the kernel, without .c. Nothing else of the kernel knows:
# file systems that are not there are not mounted (fs/init.c), devices that are not there have no name (fs/devfs.c).
set(feature_ptys fs/devpts fs/pty)
# Where the rest does call one, feature_NAME_instead comes into its place.
set(feature_vforksan proc/sanitizer)
set(feature_vforksan_instead proc/without/sanitizer)

# features_apply(VARIABLE): takes the sources of what the board does without out of the list.
function(features_apply variable)
	set(sources ${${variable}})
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
	endforeach()
	set(${variable} ${sources} PARENT_SCOPE)
endfunction()
