printf 'one\ntwo\n' > a; printf 'no newline' > b
cat a b; echo; cat < a; echo mid | cat a - b; echo; cat none a 2>/dev/null; echo $?
