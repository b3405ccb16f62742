echo hello | tr a-z A-Z | tr L l
echo a b c | wc -w | tr -d ' '
true | false; echo $?; false | true; echo $?; ! true; echo $?; ! false | false; echo $?
echo x | { read v; echo "got $v"; }
v=outer; echo y | while read v; do :; done; echo $v
f() { while read l; do echo "f:$l"; done; }; printf 'a\nb\n' | f
v=exported; printf 'q\n' | while read x; do echo "$x $v $1"; done
seq 1 1000 | tail -1; yes | head -2
echo one |
cat |
	cat
(exit 3) | exit 4; echo $?
echo a | (cat; echo b) | sort -r
