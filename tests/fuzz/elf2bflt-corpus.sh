#!/bin/sh
# elf2bflt-corpus.sh TOOL SAMPLE-FOLDER OUT-FOLDER: seeds for the fuzzer. Each is one byte that chooses the options, then a
# file: the samples as ELF, for both kinds of conversion, and as flat binaries.
set -eu
tool=$1
samples=$2
out=$3
rm -rf "$out"
mkdir -p "$out"
for elf in "$samples"/*.elf; do
	name=$(basename "$elf" .elf)
	"$tool" -o "$out/$name.flat" "$elf"
	{ printf '\000'; cat "$out/$name.flat"; } > "$out/$name-dump"
	{ printf '\001'; cat "$elf"; } > "$out/$name-place"
	{ printf '\002'; cat "$elf"; } > "$out/$name-ram"
	rm "$out/$name.flat"
done
