# Sourced by tools/run and tools/test: set-up and quiet builds. Progress goes to stderr, in long steps; a log is shown
# when a build fails. One build runs at a time in a tree: the lock is build/.lock, held on descriptor 9.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() {
	echo "$program: $*" >&2
}

die() {
	say "$*"
	exit 1
}

build_lock() {
	mkdir -p "$root/build"
	exec 9>"$root/build/.lock"
	flock -n 9 && return
	say "waiting for another build in this tree"
	flock 9
}

build_unlock() {
	exec 9>&-
}

# What a log says of a failure: from the first failed command on, or its end.
show_failure() {
	if grep -q '^FAILED' "$1"; then
		sed -n '/^FAILED/,$p' "$1" | head -n 60
	else
		tail -n 40 "$1"
	fi
}

# build_step LOG TITLE COMMAND...: run quietly; speak up after two seconds, and then every thirty.
build_step() {
	local log=$1 title=$2 waited=0
	shift 2
	# In a session of its own, so that one kill reaches the whole build.
	setsid "$@" >"$log" 2>&1 9>&- </dev/null &
	local pid=$!
	trap 'kill -- "-$pid" 2>/dev/null; exit 130' INT TERM
	while kill -0 "$pid" 2>/dev/null; do
		sleep 0.1
		waited=$((waited + 1))
		[ "$waited" -ne 20 ] || say "$title"
		[ $((waited % 300)) -ne 0 ] || say "${title% (*}: $(sed -n 's/^\(\[[0-9/]*\] .*\)/\1/p' "$log" | tail -n 1 | cut -c 1-80)"
	done
	trap - INT TERM
	if ! wait "$pid"; then
		show_failure "$log" >&2
		die "$title: failed (whole log: ${log#"$root"/})"
	fi
	sed -n 's/^-- \(.* is left out: .*\)/\1/p' "$log" | while read -r line; do say "$line"; done
}

# Whether a cache holds every option -DNAME=VALUE.
has_options() {
	local cache=$1 option
	shift
	for option; do
		option=${option#-D}
		grep -q "^${option%%=*}:[A-Z]*=${option#*=}\$" "$cache" || return 1
	done
}

# Sets `configure` to the command that configures build/PRESET: `host`, a folder of board/, or that with -debug.
configure_command() {
	if [ "$1" = host ]; then
		configure=(cmake --preset host)
	elif [ -f "$root/board/$1/board.cmake" ]; then
		configure=(env "BOARD=$1" cmake --preset board)
	else
		configure=(env "BOARD=${1%-debug}" cmake --preset board-debug)
	fi
}

# build_preset PRESET [TARGETS] [CONFIGURE OPTIONS...]: configure where needed, and build in build/PRESET.
build_preset() {
	local preset=$1 targets=${2:-all}
	local folder=$root/build/$preset
	shift; shift || true
	mkdir -p "$folder"
	cd "$root"
	if [ ! -f "$folder/build.ninja" ] || ! has_options "$folder/CMakeCache.txt" "$@"; then
		local configure
		configure_command "$preset"
		build_step "$folder/configure.log" "configuring $preset" "${configure[@]}" "$@"
	fi
	local title="building $preset"
	[ -e "$folder/sdk" ] || [ "$preset" = host ] || title+=" (the first time with the C library: some minutes)"
	# shellcheck disable=SC2086
	build_step "$folder/build.log" "$title" \
		cmake --build "$folder" -t $targets
	cd - >/dev/null
}
