trap 'echo caught' USR1; kill -USR1 $$; echo after
trap 'echo term $?' TERM; (exit 3); kill -TERM $$; echo status $?
trap - USR1 TERM; trap 'echo int' INT; trap; trap - INT
trap - INT TERM; trap
trap '' USR1; kill -USR1 $$; sh -c 'kill -USR1 $$; echo ignored in a child'
trap 'echo x' USR2; sh -c 'kill -USR2 $$' 2>/dev/null; echo child $?
(kill -USR2 $$; exit 0); echo from a subshell
trap 'trap - USR2; echo once' USR2; kill -USR2 $$; trap
trap 'echo hup' 1; kill -HUP $$; trap 1; trap
f() { trap 'echo in function' USR1; kill -USR1 $$; }; f
trap 'v=set' USR1; kill -USR1 $$; echo $v
sh -c 'trap "echo bye" EXIT; echo work'
sh -c 'trap "echo bye \$?" 0; exit 5'; echo $?
sh -c 'trap "exit 7" EXIT; exit 5'; echo $?
sh -c 'trap "echo bye" EXIT; exec echo replaced'
sh -c 'trap "echo bye" EXIT; (echo subshell)'
sh -c 'trap "echo never" EXIT; trap - EXIT; true'
sh -c 'trap : USR1; sleep 100 & p=$!; { while kill -USR1 $$ 2>/dev/null; do sleep 0.1; done; } & wait $p
	s=$?; kill $p $!; [ $s -gt 128 ] && echo interrupted'
trap 'echo loop; n=done' USR1; while [ "$n" != done ]; do kill -USR1 $$; done; echo left
trap nothing NOSUCH 2>/dev/null || echo bad signal
