mkdir a b; mkdir -p c/d/e c/d/f ./g//h/; find . | sort; mkdir a 2>/dev/null; echo $?; mkdir -p a c/d; echo $?
: > file; mkdir -p file/x 2>/dev/null; echo $?; mkdir x/y 2>/dev/null; echo $?; rmdir a c/d/e; echo $?; rmdir c 2>/dev/null; echo $?
