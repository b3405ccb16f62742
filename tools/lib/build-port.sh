#!/bin/bash
# usage: build-port.sh RECIPE SOURCES WORK SDK WIDTH
# Build a port: run the recipe's port_build in a copy of the sources, WORK/sources, with
#   CC AR RANLIB HOSTCC   the SDK's tools and the host's compiler
#   WIDTH                 32 or 64
#   OUT                   WORK/out, the folder whose bin/ receives the recipe's PROGRAMS
set -euo pipefail
recipe=$1 sources=$2 work=$3 sdk=$4
export WIDTH=$5

rm -rf "$work/sources" "$work/out"
mkdir -p "$work/out/bin"
cp -a "$sources" "$work/sources"
export PATH=$sdk/bin:$PATH
export CC=sublet-cc AR=riscv64-unknown-elf-ar RANLIB=riscv64-unknown-elf-ranlib HOSTCC=cc OUT=$work/out
# shellcheck source=/dev/null
. "$recipe"
cd "$work/sources"
port_build
for program in "${PROGRAMS[@]}"; do
	[ -f "$OUT/bin/$program" ] || {
		echo "$recipe: port_build left no bin/$program" >&2
		exit 1
	}
done
