#!/bin/sh
# Builds and runs the suite on any Unix, prints TAP and a table of the rows; README.md tells the rest.
# Exit status: 0 when the system keeps what it promises, 1 when not, 2 after a wrong option.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cc=${CC:-cc} flags="-O2 -pthread" extra='' deviations='' folder='' mode='build run' limit=180 wanted=''

usage() {
	cat <<'END'
usage: run.sh [option]... [PROGRAM]...

  --cc CC                  the compiler (default: $CC, or cc)
  --cflags FLAGS           its options (default: -O2 -pthread)
  --define FLAGS           more of them: -DSUITE_NO_ALARM, -DSUITE_SYSTEM=BY_LINUX
  --known-deviation FILE   what this system is known not to have or not to do: lines of a name and a reason
  --folder FOLDER          where the programs go (default: a temporary folder)
  --build-only             compile, run nothing: for a machine that cannot run them
  --run-only               run what is in FOLDER, compile nothing: for a machine without a compiler
  --timeout SECONDS        the most that one program may take (default: 180)
  PROGRAM                  only these (row02_suspension), or these rows (row02)
END
}

wrong() {
	echo "run.sh: $*" >&2
	usage >&2
	exit 2
}

while [ $# -gt 0 ]; do
	case $1 in
	--cc | --cflags | --define | --known-deviation | --folder | --timeout) [ $# -gt 1 ] || wrong "$1 needs a value" ;;
	esac
	case $1 in
	--cc) cc=$2 && shift ;;
	--cflags) flags=$2 && shift ;;
	--define) extra=$2 && shift ;;
	--known-deviation) deviations=$2 && shift ;;
	--folder) folder=$2 && shift ;;
	--timeout) limit=$2 && shift ;;
	--build-only) mode=build ;;
	--run-only) mode=run ;;
	--help | -h) usage && exit 0 ;;
	-*) wrong "unknown option '$1'" ;;
	*) wanted="$wanted $1" ;;
	esac
	shift
done
[ -z "$deviations" ] || [ -r "$deviations" ] || wrong "cannot read '$deviations'"
[ "$mode" = 'build run' ] || [ -n "$folder" ] || wrong "--build-only and --run-only need --folder"

ulimit -c 0 2>/dev/null
work=$(mktemp -d "${TMPDIR:-/tmp}/vfork-suite.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
if [ -z "$folder" ]; then
	folder=$work/programs
fi
mkdir -p "$folder" || exit 1
folder=$(cd "$folder" && pwd)

is_wanted() {
	[ -n "$wanted" ] || return 0
	for name in $wanted; do
		case $1 in "$name" | "$name"_*) return 0 ;; esac
	done
	return 1
}

# The reason that the file gives for a name, or nothing.
reason_for() {
	[ -n "$deviations" ] || return 0
	sed -n "s/^$1[ 	][ 	]*//p" "$deviations" | sed 1q
}

# The end of one program's TAP: a line that stands for all of it.
one_line() {
	echo "1..1"
	echo "$1"
}

build() {
	# shellcheck disable=SC2086
	$cc $flags $extra -I "$here" -o "$folder/$1" "$here/$1.c" "$here/suite.c" >"$work/errors" 2>&1 && return
	sed 's/^/# /' "$work/errors"
	rm -f "$folder/$1"
	return 1
}

# Runs a command with an end to our patience. Where there is no timeout(1), a sleep may be left over for a while.
run_limited() {
	if command -v timeout >/dev/null 2>&1; then
		timeout -s KILL "$limit" "$@" </dev/null 2>&1
		return
	fi
	"$@" </dev/null 2>&1 &
	runs=$!
	(sleep "$limit" && kill -9 $runs) >/dev/null 2>&1 &
	watch=$!
	wait $runs
	status=$?
	kill $watch 2>/dev/null
	return $status
}

# The TAP of one program, known deviations forgiven; a program that breaks off is a failed case of its own.
run() {
	run_limited "$@" >"$work/raw"
	status=$?
	planned=$(sed -n 's/^1\.\.//p' "$work/raw")
	seen=$(grep -c '^\(not \)\{0,1\}ok ' "$work/raw")
	while IFS= read -r line; do
		case $line in
		'not ok '*'#'*) ;;
		'not ok '*)
			reason=$(reason_for "${line##* }")
			[ -z "$reason" ] || line="$line # TODO known deviation: $reason"
			;;
		esac
		echo "$line"
	done <"$work/raw"
	[ "$seen" = "${planned:-none}" ] || echo "not ok - $name.runs_to_its_end"
	[ "$status" -lt 2 ] || echo "# exit status $status"
}

# Everything about one program, as TAP.
try() {
	name=$1
	reason=$(reason_for "$name")
	if [ -n "$reason" ]; then
		one_line "ok 1 - $name # SKIP $reason"
	elif [ -f "$here/$name.sh" ]; then
		# shellcheck disable=SC2086
		case $mode in *build*) run sh "$here/$name.sh" $cc $flags ;; esac
	else
		case $mode in *build*)
			build "$name" || {
				one_line "not ok 1 - $name.compiles"
				return
			}
			;;
		esac
		case $mode in *run*) [ ! -x "$folder/$name" ] || run "$folder/$name" ;; esac
	fi
}

programs() {
	for file in "$here"/row*.c "$here"/row*.sh "$folder"/row*; do
		name=${file##*/}
		case $name in *.elf) continue ;; esac
		name=${name%.c}
		name=${name%.sh}
		case $mode in run) [ -x "$folder/$name" ] || continue ;; esac
		[ ! -f "$file" ] || echo "$name"
	done | sort -u
}

# One line a program: how many cases passed, failed, are not promised or known (TODO), were skipped.
count() {
	awk -v name="$1" '
		/^ok .*# SKIP/ { skipped++; next }
		/^not ok .*# TODO known/ { known++; next }
		/^not ok .*# TODO/ { beyond++; next }
		/^not ok/ { failed++; next }
		/^ok/ { passed++ }
		END {
			result = failed ? "FAILED" : passed ? "kept" : known ? "known" : beyond ? "not promised" : "not tried"
			printf "# %-3d %-28s %-13s %6d %6d %12d %5d %7d\n",
				substr(name, 4, 2), substr(name, 7), result, passed, failed, beyond, known, skipped
		}' "$2" >>"$work/table"
}

[ -n "$(programs)" ] || wrong "there is nothing to run in $folder"
for program in $(programs); do
	is_wanted "$program" || continue
	try "$program" >"$work/program"
	grep '^1\.\.' "$work/program" >/dev/null || [ ! -s "$work/program" ] || grep '^not ok' "$work/program" >/dev/null || continue
	cat "$work/program"
	count "$program" "$work/program"
done

if [ -f "$work/table" ] && [ "$mode" != build ]; then
	echo "#"
	echo "# row rule                         result        passed failed not promised known skipped"
	cat "$work/table"
fi
[ "$mode" != build ] || echo "# the programs are in $folder; run them by their paths, or by run.sh --run-only --folder"
! grep ' FAILED ' "$work/table" >/dev/null 2>&1
