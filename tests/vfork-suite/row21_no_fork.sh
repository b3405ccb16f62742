#!/bin/sh
# Row 21: fork() does not exist: a program that needs it fails to link, with a sentence that names vfork and posix_spawn.
# usage: row21_no_fork.sh COMPILER [OPTION...]; prints TAP. On a system that has fork there is nothing to try.
set -u
name=row21_no_fork.the_linker_names_vfork_and_posix_spawn
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

cat >"$work/forks.c" <<'END'
#include <unistd.h>

int main(void)
{
	return fork() == 0;
}
END

echo 1..1
if "$@" -o "$work/forks" "$work/forks.c" 2>"$work/errors"; then
	echo "ok 1 - $name # SKIP cannot be tried here"
elif grep -q posix_spawn "$work/errors" && grep -q vfork "$work/errors"; then
	echo "ok 1 - $name"
else
	sed 's/^/# /' "$work/errors"
	echo "not ok 1 - $name"
	exit 1
fi
