x=$(seq 1 2000); echo ${#x}; set -- $x; echo $#; echo "$x" | tail -1
for i in $x; do last=$i; done; echo $last
l=x; i=0; while [ $i -lt 10 ]; do l=$l$l; i=$((i+1)); done; echo ${#l}; case $l in x*x) echo long;; esac
