vforksan on
echo a | cat | tr a b
x=$(echo substitution); echo $x
no-such-program
/tmp
ls / > /tmp/list; wc -l < /tmp/list > /dev/null
cat <<X | cat
here
X
(echo subshell; exit 2); echo $?
sleep 0 & wait $!
f() { echo in $1 | cat; }; f function
for i in 1 2 3; do echo $i | cat > /dev/null; done
env A=1 sh -c 'echo $A | cat'
echo 'echo script $1 | cat' > /tmp/script; chmod 755 /tmp/script; /tmp/script argument
> /none/x echo hello
/host/innocent
