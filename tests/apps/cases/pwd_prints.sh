mkdir a; cd a; env pwd | sed 's/.*\///'; cd /; env pwd
