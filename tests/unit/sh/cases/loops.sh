for i in 1 2 3 4 5; do [ $i = 2 ] && continue; [ $i = 4 ] && break; echo $i; done
for i in a b; do for j in 1 2 3; do [ $j = 2 ] && continue 2; echo $i$j; done; done
for i in a b; do for j in 1 2 3; do [ $j = 2 ] && break 2; echo $i$j; done; done; echo after
n=3; until [ $n = 0 ]; do echo $n; n=$((n-1)); done
while true; do break; done; echo $?
while false; do :; done; echo $?
for i in; do echo never; done; echo empty $?
i=0; while i=$((i+1)); [ $i -le 2 ]; do echo w$i; done
for i in "a b" c
do
	echo "$i"
done
for x in 1 2; do
	if [ $x = 1 ]; then continue; else echo else; fi
	case $x in 2) break;; esac
	echo never
done
while read a b; do echo "$b $a"; done <<E
1 2
3 4 5
E
f() { while return 3; do :; done; }; f; echo returned $?
n=0; while n=$((n + 1)); [ $n = 2 ] && continue; [ $n -lt 4 ]; do echo $n; done
