nosuchcommand 2>/dev/null; echo $?
/nonexistent/x 2>/dev/null; echo $?
touch notexec; ./notexec 2>/dev/null; echo $?
/ 2>/dev/null; echo $?
sh -c 'exit 42'; echo $?
sh -c 'kill -9 $$' 2>/dev/null; echo $?
sh -c 'kill -15 $$' 2>/dev/null; echo $?
(exit 300); echo $?
echo 'echo script $1; exit 3' > sc; chmod +x sc; ./sc arg; echo $?
printf '#!/bin/sh\necho hashbang $#\n' > hb; chmod +x hb; ./hb 1 2
true; echo $?; :; echo $?; f() { false; }; f; echo $?
x=$(false); echo $?; x=1; echo $?; x=$(true) y=$(false); echo $?
exit 11
