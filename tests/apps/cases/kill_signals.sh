for s in -9 -KILL -TERM "-s HUP" "-s USR1 --" "--" ""; do sleep 60 & p=$!; env kill $s $p; wait $p; echo $?; done 2>/dev/null
env kill -0 $$; echo $?; env kill 999999 2>/dev/null; echo $?
