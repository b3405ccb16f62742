#!/bin/sh
#
# Runs a script with the shell under test and with the host's, each in a folder of its own: what they print and the status
# they end with must be the same.
#
#   compare.sh SHELL CASE
set -eu

shell=$1
case=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/theirs" "$work/ours"
ln -s "$shell" "$work/bin/sh"

cd "$work/theirs"
theirs=0
/bin/sh "$case" </dev/null >../theirs.out 2>../theirs.err || theirs=$?
cd "$work/ours"
ours=0
# In scripts that call sh, that is the shell under test.
PATH=$work/bin:$PATH timeout 60 "$shell" "$case" </dev/null >../ours.out 2>../ours.err || ours=$?

cd "$work"
if diff theirs.out ours.out >diff && [ "$theirs" = "$ours" ] && ! grep -q 'runtime error\|AddressSanitizer' ours.err; then
	exit 0
fi
echo "status: $theirs expected, $ours found; output (< expected, > found):"
cat diff
echo "standard error:"
cat ours.err
exit 1
