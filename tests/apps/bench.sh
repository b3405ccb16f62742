#!/bin/sh
#
# The benchmark prints one line "name: number" for what it is asked. bench.sh FOLDER-OF-THE-TOOLS
names='getppid write_null vfork_exit_wait pipe_round_trip sched_yield vfork_exit_wait_24fds vfork_exit_wait_stack8k
	vfork_exit_wait_heap64k'
out=$("$1/bench" -n 3 $names) || exit 1
for name in $names; do
	echo "$out" | grep -q "^$name: [0-9][0-9]*\$" || { echo "no figure for $name in: $out" && exit 1; }
done
[ "$(echo "$out" | wc -l)" = 8 ] || { echo "more than was asked: $out" && exit 1; }
"$1/bench" nonsense 2>/dev/null && exit 1
exit 0
