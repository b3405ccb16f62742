# The root file system: what rootfs_file() was told of, and the files under apps/rootfs, staged in ${CMAKE_BINARY_DIR}/rootfs
# and made into rootfs.img by genromfs. romfs puts the data of a file at a multiple of 16, and text follows the 64 bytes
# of a program's header, so text can be executed in place.
set(ROOTFS_FOLDERS bin dev etc host proc tmp)
set(ROOTFS_STAGING ${CMAKE_BINARY_DIR}/rootfs)
set(ROOTFS_IMAGE ${CMAKE_BINARY_DIR}/rootfs.img)
set(ROOTFS_MANIFEST ${CMAKE_BINARY_DIR}/rootfs.manifest)

# rootfs_file(FILE path [EXECUTABLE]): put a built file into the root file system at path (relative to /).
function(rootfs_file file path)
	cmake_parse_arguments(ARG "EXECUTABLE" "" "" ${ARGN})
	set(mode 644)
	if(ARG_EXECUTABLE)
		set(mode 755)
	endif()
	set_property(GLOBAL APPEND PROPERTY SUBLET_ROOTFS_FILES ${file})
	set_property(GLOBAL APPEND_STRING PROPERTY SUBLET_ROOTFS_MANIFEST "file ${mode} ${path} ${file}\n")
endfunction()

# Define the target `rootfs`, when everything that goes into it is known.
function(rootfs_target)
	get_property(files GLOBAL PROPERTY SUBLET_ROOTFS_FILES)
	get_property(manifest GLOBAL PROPERTY SUBLET_ROOTFS_MANIFEST)
	foreach(folder IN LISTS ROOTFS_FOLDERS)
		string(PREPEND manifest "folder 755 ${folder}\n")
	endforeach()
	file(CONFIGURE OUTPUT ${ROOTFS_MANIFEST} CONTENT "${manifest}" @ONLY)
	file(GLOB_RECURSE static CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/apps/rootfs/*)
	add_custom_command(OUTPUT ${ROOTFS_IMAGE}
		COMMAND /usr/bin/python3 ${CMAKE_SOURCE_DIR}/tools/lib/rootfs.py
			${ROOTFS_MANIFEST} ${CMAKE_SOURCE_DIR}/apps/rootfs ${ROOTFS_STAGING} ${ROOTFS_IMAGE}
		DEPENDS ${files} ${static} ${ROOTFS_MANIFEST} ${CMAKE_SOURCE_DIR}/tools/lib/rootfs.py
		COMMENT "Making rootfs.img" VERBATIM)
	add_custom_target(rootfs ALL DEPENDS ${ROOTFS_IMAGE})
endfunction()
