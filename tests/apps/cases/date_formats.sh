TZ=UTC; export TZ
[ "$(date -u +%s)" -ge 1700000000 ] && echo seconds
date -u +%Y-%m-%d > a; sleep 0; date -u +%F > b; cmp a b && cat a
date -u '+%a %b %e %H' ; date -u '+%d %m %Y %%x%n' | cat
