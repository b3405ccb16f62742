#!/bin/sh
#
# Builds newlib for one width, for programs executed in place: position independent, hidden visibility, small in RAM.
#
#   build.sh WIDTH OUT    WIDTH is 32 or 64; OUT becomes a folder with include/, libc.a and libm.a
#
# The source is the distribution's newlib-source tarball, or the folder or tarball that NEWLIB_SOURCE names. The result is
# kept in ${XDG_CACHE_HOME:-$HOME/.cache}/sublet/newlib-HASH/rvWIDTH, where HASH covers everything the build reads;
# it appears there whole or not at all.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
glue=$(dirname "$here")
sdk=$(cd "$glue/../tools/sdk" && pwd)
. "$sdk/flags.sh"

fail() {
	echo "newlib: $*" >&2
	exit 1
}

width=${1:-}
out=${2:-}
source=${NEWLIB_SOURCE:-}
target=riscv64-unknown-elf

{ [ "$width" = 32 ] || [ "$width" = 64 ]; } && [ -n "$out" ] || fail "usage: build.sh 32|64 OUT"
command -v $target-gcc >/dev/null || fail "$target-gcc is missing (package gcc-riscv64-unknown-elf)"
if [ -z "$source" ]; then
	source=$(ls /usr/src/newlib/newlib-*.tar.* 2>/dev/null | head -n 1)
	[ -n "$source" ] || fail "no source: install the package newlib-source or set NEWLIB_SOURCE"
fi
[ -e "$source" ] || fail "$source does not exist"

# One line per input; a folder is known by its path and the age of its newest file.
inputs() {
	if [ -d "$source" ]; then
		echo "$source"
		find "$source" -type f -printf '%T@\n' | sort -n | tail -n 1
	else
		sha256sum <"$source"
	fi
	$target-gcc --version | head -n 1
	cat "$0" "$sdk/flags.sh" "$sdk/hidden.h"
	# The headers that decide the layout of what newlib itself compiles.
	for header in machine/_types sys/config sys/features sys/syslimits sys/dirent sys/errno sys/lock; do
		cat "$glue/include/$header.h"
	done
}

hash=$(inputs | sha256sum | cut -c 1-16)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/sublet/newlib-$hash
built=$cache/rv$width
work=

unpack() {
	mkdir "$work/unpacked"
	if [ -d "$source" ]; then
		cp -a "$source" "$work/unpacked/newlib"
	else
		tar -xf "$source" -C "$work/unpacked"
	fi
	mv "$work"/unpacked/* "$work/src"
	[ -f "$work/src/newlib/configure" ] || fail "$source does not hold newlib"
}

# The C locale is the only one (no multibyte support), so its names need no more than 7 characters: 216 bytes less in
# the data of every process that uses ctype or printf.
shrink_locale() {
	sed -i 's/^#define ENCODING_LEN 31/#define ENCODING_LEN 7/' "$work/src/newlib/libc/locale/setlocale.h"
}

# The first thread's struct _reent lies with the rest of what a thread has (crt/crt0.S), so there is no pointer to it; and
# two fields of it that nothing uses are not there.
shrink_reent() {
	header=$work/src/newlib/libc/include/sys/reent.h
	sed -i -e '/int *_unspecified_locale_info;/d' -e '/void (\*\*(_sig_func))(int);/d' \
		-e '/^extern struct _reent \*_impure_ptr/d' \
		-e 's/^extern struct _reent \*const _global_impure_ptr.*/extern struct _reent __main_thread;/' \
		-e 's/^#define _GLOBAL_REENT .*/#define _GLOBAL_REENT (\&__main_thread)/' "$header"
	for file in impure getreent reent; do
		: >"$work/src/newlib/libc/reent/$file.c"
	done
}

# The overlay comes by -I in CC, ahead of the headers that newlib gives itself.
# PROVIDED: what libc-glue has instead, mostly to reach the system with fewer instructions.
configure() {
	provided='-DREENTRANT_SYSCALLS_PROVIDED -DSIGNAL_PROVIDED -DABORT_PROVIDED'
	provided="$provided -DHAVE_FCNTL -DHAVE_RENAME -DHAVE_SYSTEM -DHAVE_INITFINI_ARRAY -D_STDIO_BSD_SEMANTICS -DSUBLET_BUILDS_NEWLIB"
	mkdir "$work/build" "$work/posix"
	cd "$work/build"
	"$work/src/newlib/configure" --host=$target --prefix=/newlib \
		--disable-multilib --disable-newlib-supplied-syscalls --disable-shared --disable-dependency-tracking \
		--enable-newlib-reent-small --enable-newlib-global-atexit --enable-newlib-nano-malloc \
		--disable-newlib-reent-check-verify --enable-newlib-io-long-long --enable-newlib-io-c99-formats \
		--disable-newlib-mb \
		CC="$target-gcc $(program_arch "$width") -I $glue/include" \
		CFLAGS="-O2 -w $program_cflags -include $sdk/hidden.h $provided" \
		AR=$target-ar RANLIB=$target-ranlib AS=$target-as
}

# POSIX functions of newlib that its build leaves out for this target; they need nothing of the system but files.
add_posix() {
	for file in posix/fnmatch posix/glob posix/regcomp posix/regerror posix/regexec posix/regfree posix/scandir unix/getpwent; do
		object=$work/posix/lib_a-$(basename $file).o
		# shellcheck disable=SC2046
		$target-gcc $(program_arch "$width") -isystem "$glue/include" -O2 -w $program_cflags \
			-include "$sdk/hidden.h" -D_GNU_SOURCE -DSUBLET_BUILDS_NEWLIB -isystem "$work/install/newlib/$target/include" \
			-I "$work/src/newlib/libc/posix" -c "$work/src/newlib/libc/$file.c" -o "$object" || return
	done
	$target-ar qcsD "$1" "$work"/posix/*.o
}

compile() {
	configure &&
		make -j"${SUBLET_JOBS:-2}" &&
		make install DESTDIR="$work/install" &&
		add_posix "$work/install/newlib/$target/lib/libc.a"
}

build() {
	work=$(mktemp -d "$cache/build.XXXXXX")
	trap 'rm -rf "$work"' EXIT
	trap 'exit 1' HUP INT TERM
	unpack
	shrink_locale
	shrink_reent
	(compile) >"$work/log" 2>&1 || {
		tail -n 20 "$work/log" >&2
		fail "the build failed"
	}
	mkdir "$work/result"
	mv "$work/install/newlib/$target/include" "$work/install/newlib/$target/lib/libc.a" \
		"$work/install/newlib/$target/lib/libm.a" "$work/result/"
	mv -T "$work/result" "$built" || fail "cannot write $built"
}

# Two builds at once (two presets, say) wait for each other, and the second finds the work done.
mkdir -p "$cache"
exec 9>"$cache/lock-rv$width"
flock 9
[ -f "$built/libc.a" ] || build
exec 9>&-

rm -rf "$out"
mkdir -p "$(dirname "$out")"
cp -R "$built" "$out"
