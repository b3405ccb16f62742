mkdir d d/e; touch a.c b.c c.h .hid d/x.c d/e/y.c 'sp ace.c' 'lit*'
echo *; echo *.c; echo ?.h; echo [ab].c [!a].c; echo .h*; echo */*.c; echo d/*/y.c
echo "*.c" '*'.c \*.c; echo none*; x='*.c'; echo $x "$x"
echo lit\*; echo 'lit'*; echo [x-z].c d*/; echo ./*.h
for f in *.c; do echo "<$f>"; done
case abc in a*) echo star;; esac; case 'a*' in a\*) echo lit;; esac; case "*" in "*") echo q;; esac
p='a*'; case abc in $p) echo var;; esac; case abc in "$p") echo no;; *) echo quoted;; esac
case x in [a-c]|[x-z]) echo range;; esac; case ] in []]) echo bracket;; esac
