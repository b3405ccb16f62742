#!/bin/sh
#
# Runs a script with the host's tools and with those under test, each in a folder of its own: what is printed and the
# status must be the same.
#
#   compare.sh FOLDER-OF-THE-TOOLS CASE
set -eu

bin=$1
case=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# run NAME PATH
run() {
	mkdir "$work/$1"
	cd "$work/$1"
	status=0
	PATH=$2 timeout 60 /bin/sh "$case" </dev/null >"../$1.out" 2>"../$1.err" || status=$?
	echo "status $status" >>"../$1.out"
}

run theirs "$PATH"
run ours "$bin:$PATH"
cd "$work"
if diff theirs.out ours.out >diff && ! grep -q 'runtime error\|AddressSanitizer' ours.err; then
	exit 0
fi
echo "output (< expected, > found):"
cat diff ours.err
exit 1
