sleep 0.1 & p=$!; wait $p; echo $?
(exit 7) & wait $!; echo $?
{ sleep 0.1; echo late; } & echo early; wait; echo end
false & wait $!; echo $?
true && (exit 4) & wait $!; echo $?
echo bg > f & wait; cat f
cat & wait $!; echo stdin $?
sh -c 'kill -9 $$' & wait $! 2>/dev/null; echo $?
wait 99999; echo $?
