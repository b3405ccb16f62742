echo a b | cat; pwd | wc -l; echo "$(seq 1 3000)" | tail -1; echo x | true; echo $?
echo x | { true; }; echo still here; x=1; echo $x | { read y; echo "y$y"; }; echo a | tr a b | tr b c
echo redirected > f | cat; cat f; echo one | echo two; X=5 echo $x | cat; echo() { env printf 'fn\n'; }; echo q | cat
