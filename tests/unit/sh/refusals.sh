#!/bin/sh
#
# What the shell says and how it ends when it cannot do something. refusals.sh SHELL
shell=$1
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

# check NAME STATUS OUTPUT-WITH-ERRORS ARGUMENTS-OF-THE-SHELL...
check() {
	name=$1 status=$2 expected=$3
	shift 3
	found=$("$shell" "$@" 2>&1 </dev/null)
	is=$?
	if [ "$found" != "$expected" ] || [ "$is" != "$status" ]; then
		echo "$name: expected $status '$expected', found $is '$found'"
		failed=1
	fi
}

check unknown_option 2 'usage: sh [-emx] [-c COMMAND [NAME] | -s | FILE] [ARG...]' -Z
check help 2 'usage: sh [-emx] [-c COMMAND [NAME] | -s | FILE] [ARG...]' --help
check no_script 127 'sh: none.sh: No such file or directory' none.sh
check not_found 127 'sh: nosuch: not found' -c 'nosuch'
check no_such_path 127 'sh: ./nosuch: No such file or directory' -c './nosuch'
touch plain
check not_executable 126 'sh: ./plain: Permission denied' -c './plain'
check directory 126 'sh: /: Permission denied' -c '/'
check redirection 1 'sh: /none/x: No such file or directory' -c 'echo a > /none/x'
check redirection_goes_on 0 'sh: /none/x: No such file or directory
next' -c 'echo a > /none/x; echo next'
check syntax 2 'sh: syntax error near: fi' -c 'echo a; fi'
check unfinished 2 'sh: syntax error: unexpected end of file' -c 'if true'
check segfault 139 'Killed(SEGV)' -c 'sh -c "kill -11 \$\$"; exit $?'
check killed 137 'Killed(KILL)' -c 'sh -c "kill -9 \$\$"; exit $?'
check unset_message 2 'sh: v: is needed' -c 'echo ${v?is needed}; echo never'
check bad_substitution 2 'sh: v: bad substitution' -c 'echo ${v!x}'
check division 2 'sh: arithmetic: division by zero' -c 'echo $((1/0))'
check recursion_is_limited 2 'sh: nested too deeply' -c 'f() { f; }; f'
check trace 0 '+ echo a b
a b' -x -c 'echo a  b'
check arguments 0 'name 2 x y' -c 'echo $0 $# $1 $2' name x y
exit $failed
