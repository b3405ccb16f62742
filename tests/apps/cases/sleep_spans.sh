sleep 0; echo $?; sleep 0.05; echo $?; sleep x 2>/dev/null && echo no; sleep 2>/dev/null && echo no; sleep 0.02 0.02; echo $?
