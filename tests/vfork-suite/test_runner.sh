#!/bin/sh
# Test of run.sh: what it finds, what it forgives, and that it can fail. usage: test_runner.sh COMPILER
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
compiler=$1
failed=0

# expect STATUS PATTERN ARGUMENT...: run.sh ends with that status and prints a line that matches.
expect() {
	status=$1 pattern=$2
	shift 2
	sh "$here/run.sh" --cc "$compiler" "$@" >"$work/output" 2>&1
	got=$?
	if [ $got -ne "$status" ] || ! grep "$pattern" "$work/output" >/dev/null; then
		echo "run.sh $*: status $got, expected $status and a line like '$pattern':"
		sed 's/^/    /' "$work/output"
		failed=1
	fi
}

copies='-O2 -pthread -Dvfork=fork'
echo 'row04_memory.stack it copies' >"$work/one"
printf 'row04_memory it copies\nrow04_mappings it copies\n' >"$work/all"

expect 0 '^# 4 *memory *kept *4 ' row04
expect 0 '^ok 1 - row01_results\.' row01_results
expect 1 '^not ok 3 - row04_memory.stack$' --cflags "$copies" row04_memory
expect 1 '^# 4 *memory *FAILED' --cflags "$copies" row04_memory
expect 1 'stack # TODO known deviation: it copies' --cflags "$copies" --known-deviation "$work/one" row04_memory
expect 0 'row04_memory # SKIP it copies' --cflags "$copies" --known-deviation "$work/all" row04
expect 1 'row04_memory.compiles$' --cflags -Dvfork=no_such_function row04_memory
expect 0 "the programs are in" --build-only --folder "$work/programs" row04
expect 0 '^# 4 *mappings *kept' --run-only --folder "$work/programs"
printf '#!/bin/sh\necho 1..2\necho ok 1 - row99_breaks.off\n' >"$work/programs/row99_breaks"
chmod +x "$work/programs/row99_breaks"
expect 1 'row99_breaks.runs_to_its_end$' --run-only --folder "$work/programs" row99
expect 2 'unknown option' --no-such-option
exit $failed
