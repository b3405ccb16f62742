x=1; (x=2; echo $x); echo $x
(cd /; pwd); [ "$(pwd)" = / ] || echo stayed
(exit 9); echo $?
f() { echo fun $1; }; (f arg); echo "$(f sub)"
set -- p1 "p 2"; (echo "$2" $#); echo $(echo $#)
y=unexported; (echo $y; env | grep -c '^y='); export y; (env | grep ^y=)
echo $(echo $(echo $(echo deep)))
(true; (false; echo in $?); echo out $?)
z=$(exit 6); echo $?
false; (echo $?)
q='it'\''s "x" $y'; (echo "$q")
(f() { echo redefined; }; f); f still
