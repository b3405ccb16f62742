f() { echo "f($#): $*"; return 3; }
f a "b c"; echo $?
g() { f "$@"; echo g; }
g 1 2
set -- outer; h() { set -- inner; echo $1; }; h; echo $1
r() { [ $1 = 0 ] && return; echo $1; r $(($1-1)); }; r 3
v=1; m() { v=2; }; m; echo $v
k() { for i in 1 2 3; do [ $i = 2 ] && return 7; echo $i; done; }; k; echo $?
x() { echo x1; }; x() { echo x2; }; x
unset -f x; x 2>/dev/null || echo gone
y() (echo sub; exit 5); y; echo $?
V=temp env | grep ^V=; w() { echo "$T"; }; T=now w; echo "[$T]"
