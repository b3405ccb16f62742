printf 'a b c\n  lead trail  \nback\\slash\nx:y:z\n\nlast' > in
{ read a b; echo "[$a][$b]"; read l; echo "[$l]"; read -r r; echo "[$r]"; IFS=: read p q; echo "[$p][$q]"
read e; echo "[$e] $?"; read t; echo "[$t] $?"; read n; echo "[$n] $?"; } < in
printf 'con\\\ntinued\n' | { read c; echo "$c"; }
printf '1,2,,4\n' | { IFS=, read a b c d; echo "$a|$b|$c|$d"; }
printf 'a  b  c  \n' | { read a b; echo "[$a][$b]"; }
printf 'first\nsecond\n' | { read x; cat; }
