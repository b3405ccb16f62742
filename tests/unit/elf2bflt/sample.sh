#!/bin/sh
# sample.sh GCC OUT-FOLDER: links sample.S for both widths, with and without relaxation.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
gcc=$1
out=$2
mkdir -p "$out"
for relax in relax no-relax; do
	for arch in "rv32imac -mabi=ilp32" "rv64imac -mabi=lp64"; do
		# shellcheck disable=SC2086
		$gcc -march=$arch -fPIC -nostdlib -nostartfiles -Wl,-q,--$relax,--defsym,TEXT_BASE=0x1000 \
			-Wl,-T,"$here/program.ld" "$here/sample.S" -o "$out/${arch%imac*}-$relax.elf"
	done
done
