seq 1 20 > f; printf 'x\ny' > g; : > empty
tail f; tail -n 3 f; tail -2 f; tail -n 0 f; tail -n +18 f; tail -n 1 g; echo; tail empty; seq 1 500 | tail -n 2
tail -n 99 g
