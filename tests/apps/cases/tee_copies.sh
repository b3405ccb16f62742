echo a | tee x y; cat x y; echo b | tee -a x; cat x; head -c 1000 /dev/zero | tee z | wc -c; wc -c < z; echo q | tee none/x 2>/dev/null; echo $?
