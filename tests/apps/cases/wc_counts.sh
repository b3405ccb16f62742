printf 'a b\nc\n\n  d  e ' > f; : > empty
wc -l f | tr -s ' '; wc -w < f | tr -d ' '; wc -c f; wc -l < empty
wc f | awk '{print $1, $2, $3, $4}'; wc f empty | awk '{print $1, $2, $3, $4}'; wc none 2>/dev/null; echo $?
