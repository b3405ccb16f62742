#!/bin/sh
#
# Merges newlib's libc.a, less what libc-glue has instead, with the glue's objects.
#
#   members.sh NEWLIB_LIBC OUT OBJECT...
set -eu

from=$1
out=$2
shift 2

# exit, init, ...: reached with fewer instructions. malloc: see src/malloc/heap.c. The sys* members would call functions
# that do not exist.
replaced='abort assert clock environ exit fini init raise remove rename setenv signal signalr system
	strsignal calloc malign malloc msize mstats mtrim realloc valloc nano-callocr nano-cfreer nano-freer nano-malignr nano-mallinfor
	nano-mallocr nano-malloptr nano-mallstatsr nano-msizer nano-pvallocr nano-reallocr nano-vallocr
	closer execr fcntlr fstatr gettimeofdayr isattyr linkr lseekr mkdirr openr readr reent renamer sbrkr statr
	timesr unlinkr writer impure getreent lock
	sysclose sysexecve sysfcntl sysfork sysfstat sysgetpid sysgettod sysisatty syskill syslink syslseek sysopen
	sysread syssbrk sysstat systimes sysunlink syswait syswrite'

list=$(printf 'lib_a-%s.o ' $replaced)
mkdir -p "$(dirname "$out")"
new=$out.new
cp "$from" "$new"
# shellcheck disable=SC2086
riscv64-unknown-elf-ar dD "$new" $list
riscv64-unknown-elf-ar qcsD "$new" "$@"
mv "$new" "$out"
