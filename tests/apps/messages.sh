#!/bin/sh
#
# Usage and error messages of the tools. messages.sh FOLDER-OF-THE-TOOLS
bin=$1
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

# check STATUS MESSAGE TOOL ARGUMENTS...
check() {
	status=$1 expected=$2 tool=$3
	shift 3
	found=$("$bin/$tool" "$@" 2>&1 >/dev/null </dev/null)
	is=$?
	if [ "$found" != "$expected" ] || [ "$is" != "$status" ]; then
		echo "$tool $*: expected $status '$expected', found $is '$found'"
		failed=1
	fi
}

# Every tool answers --help and an unknown option by its usage and status 2.
for tool in "$bin"/*; do
	name=${tool##*/}
	options='--help -Z'
	case $name in
	true | false) continue ;;
	echo | printf) options=--help ;;
	esac
	for option in $options; do
		message=$("$tool" $option 2>&1 >/dev/null </dev/null)
		is=$?
		case $message in
		"usage: $name"* | "$name: usage: $name"*) ;;
		kill:*usage*) ;;
		*) is="$is with '$message'" ;;
		esac
		[ "$is" = 2 ] || { echo "$name $option: status $is" && failed=1; }
	done
done

: >file
check 1 'cat: none: No such file or directory' cat none
check 1 'cat: /: Is a directory' cat /
check 1 'ls: none: No such file or directory' ls none
check 1 'rm: none: No such file or directory' rm none
check 1 'rm: /tmp: Is a directory' rm /tmp
check 1 'rm: ..: refusing to remove it' rm -r ..
check 1 'mkdir: file: File exists' mkdir file
check 1 'mkdir: file/x: Not a directory' mkdir file/x
check 1 'mv: none: No such file or directory' mv none x
check 1 'mv: file: Not a directory' mv a b file
check 1 'cp: file: is the same file' cp file file
check 1 'cp: /tmp: Is a directory' cp /tmp x
check 2 'grep: [: no ] after [' grep '['
check 2 'grep: \(: no ) after (' grep '\('
check 2 'grep: a): unexpected )' grep -E 'a)'
check 1 'tee: none/x: No such file or directory' tee none/x
check 1 'wc: none: No such file or directory' wc none
check 127 'env: none: No such file or directory' env none
check 1 'kill: 999999: No such process' kill 999999
check 2 'usage: head [-n LINES | -c BYTES] [FILE...]' head -n x file
check 2 'usage: sleep SECONDS[.FRACTION]...' sleep 1x
"$bin/cat" /etc/passwd >/dev/full 2>err
[ $? = 1 ] && grep -q '^cat: write error: No space left on device$' err || { echo "cat to a full device: $(cat err)" && failed=1; }
"$bin/echo" x >/dev/full 2>err
[ $? = 1 ] && grep -q '^echo: write error: No space left on device$' err || { echo "echo to a full device: $(cat err)" && failed=1; }
exit $failed
