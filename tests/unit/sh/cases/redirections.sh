echo one > f; echo two >> f; cat < f; cat f 2>&1
ls /nonexistent-x 2> err; [ -s err ] && echo err
{ echo out; echo err >&2; } > both 2>&1; cat both
(echo sub; echo sub2 >&2) 2>&1 | sort
exec 3> f3; echo three >&3; exec 3>&-; cat f3
exec 4< f; read a <&4; read b <&4; exec 4<&-; echo $a $b
for i in 1 2; do echo $i; done > loop; cat loop
while read l; do echo "l:$l"; done < f
if true; then echo x; fi > iff; cat iff
f() { echo fun; } ; f > ff; cat ff
> empty; [ -s empty ] || echo is empty
echo a 1>&2 2>/dev/null; echo x >| f; cat f
cat <> f
echo bad < /nonexistent-x 2>/dev/null || echo refused
x=5 > touched; echo $x; ls touched
