x='  a  b   c '
for i in $x; do echo "[$i]"; done
for i in -$x-; do echo "[$i]"; done
IFS=:; y='a::b:'; for i in $y; do echo "[$i]"; done
for i in x$y; do echo "[$i]"; done
IFS=' :'; z=' a : b::c '; for i in $z; do echo "[$i]"; done
IFS=; for i in $x; do echo "[$i]"; done
unset IFS
for i in $(printf 'l1\nl2 l3\n\n'); do echo "[$i]"; done
v=$(printf 'keep\n\nthis\n\n'); echo "[$v]"
a=$x; echo "[$a]"
set -- ""; echo $#; set -- $none; echo $#; set -- "$none" ''$none; echo $#
