seq 1 20 > f; printf 'x\ny' > g
head f; head -n 3 f; head -2 f; head -n 0 f; head -c 5 f; head -n 99 g; seq 5 | head -n 1
head -n 1 f g; head none 2>/dev/null; echo $?
