sh -e -c 'false; echo no'; echo $?
set -e
false || echo or
if false; then :; fi
! true
while false; do :; done
true && true
f() { false; echo in f; }
f || echo tested
x=$(echo ok); echo $x
(false; echo no) || echo sub
false
echo never
