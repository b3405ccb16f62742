#!/bin/sh
#
# Puts the SDK's files beside its libraries. Called by the build.
#
#   install.sh SDK BOARD WIDTH ELF2BFLT GLUE_INCLUDE NEWLIB_INCLUDE
set -eu

here=$(cd "$(dirname "$0")" && pwd)
sdk=$1
board=$2
width=$3
elf2bflt=$4
glue=$5
newlib=$6

# Replaces a folder whole, so that headers that are gone do not stay.
copy_folder() {
	rm -rf "$2"
	mkdir -p "$(dirname "$2")"
	cp -R "$1" "$2"
}

mkdir -p "$sdk/bin" "$sdk/lib/boards"
copy_folder "$glue" "$sdk/include/sublet"
copy_folder "$newlib" "$sdk/include/newlib"
copy_folder "$here/cmake" "$sdk/lib/cmake"
cp "$here/flags.sh" "$here/hidden.h" "$here/program.ld" "$sdk/lib/"
cp "$here/sublet.cmake" "$sdk/"
cp "$here/sublet-cc" "$here/sublet-size" "$elf2bflt" "$sdk/bin/"
echo "$width" >"$sdk/lib/boards/$board"
echo "$board" >"$sdk/lib/default-board"
