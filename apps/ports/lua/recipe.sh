# Lua 5.4: the interpreter with every standard library, without readline and without what is only POSIX's.
# Lua allows itself LUAI_MAXCCALLS nested C calls before it reports an error; the stack holds that many of string.gsub,
# the deepest of them, and some: 1 KiB each with 32 bits, 2 KiB with 64.
SOURCE=lua5.4
PROGRAMS=(lua)

port_build() {
	cd src
	local objects=() source
	# Debian's own build writes this header; it names a folder of C modules, and there are none here.
	echo '#define DEB_HOST_MULTIARCH "sublet"' >lua5.4-deb-multiarch.h
	for source in *.c; do
		[ "$source" != luac.c ] || continue
		$CC -Os -g -std=gnu99 -DLUA_COMPAT_5_3 -DLUAI_MAXCCALLS=100 -c -o "${source%.c}.o" "$source"
		objects+=("${source%.c}.o")
	done
	$CC -mstack=$((WIDTH * 4))K -o "$OUT/bin/lua" "${objects[@]}" -lm
}
