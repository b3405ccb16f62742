a=1; env | grep -c '^a='; export a; env | grep '^a='; export b=2; env | grep '^b='
c=3 env | grep '^c='; echo "[$c]"; c=4; c=5 true; echo $c
unset a; env | grep -c '^a='; echo "[$a]"
sh -c 'readonly r=1; r=2; echo no' 2>/dev/null || echo readonly; readonly s=3; echo $s
PATH=/nonexistent; ls 2>/dev/null || echo nopath
