LC_ALL=C; export LC_ALL
printf 'b\na\nC\n10\n9\n\na\n' > f; printf '3 x\n-5\n20\nabc\n3 a\n' > n
sort f; sort -r f; sort -u f; sort -n n; sort -nr n; sort f n | wc -l; sort < f; seq 300 | sort | tail -1; : > e; sort e; sort none 2>/dev/null; echo $?; printf 'z\ny' | sort
