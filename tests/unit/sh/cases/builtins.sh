cd /; pwd; cd /usr/bin; cd ..; pwd; cd - ; cd /nonexistent 2>/dev/null || echo nocd; HOME=/tmp; cd; pwd; echo ~ ~/x "~"
umask 022; umask; umask 077; umask
echo -n no newline; echo; echo a   b; echo
set -- a b; echo $1; set c; echo $1 $#; set --; echo $#
true; false; echo $?; : ignored args
export E1=x; export -p | grep -c E1
unset nothing; echo $?
command_not=1; echo "$command_not"
