printf 'abc\nabbc\nac\nab*c\na.c\n(x)\n a1\nA_9\nfoo|bar\nxyzzy\n[b]\nend$\naXbXc\nabab\n' > f
for p in 'ab*c' 'a.c' '^a' 'c$' '^ac$' 'ab\*c' '[0-9]' '[^a-z]' '[[:upper:]]' '^[^a]' '(x)' '\(ab\)*$' 'foo|bar' '[]b]' '[b]' '\.' 'x.*y' '*c' '^*' 'a\{0' 'b\+' 'ab\?c' 'foo\|xyz' '\(a\|b\)c' '$' '^$' 'X[^X]*X' '\(ab\)\(ab\)' 'end$$' '[a\]'; do
	case $p in 'a\{0') continue;; esac
	echo "== $p"; grep "$p" f
done
for p in 'ab+c' 'ab?c' '(a|x)b' 'foo\|bar' '^(abc|ac)$' '\(x\)' '(ab)+' '(ab)+$' 'a(b|c)*c' '^.{0}' 'x+y*z+' '[[:digit:]_]+' 'a|b|c' '(^a|y$)' '((a)(b))+c'; do
	case $p in '^.{0}') continue;; esac
	echo "== -E $p"; grep -E "$p" f
done
for p in 'ABB*C' '[a-c]X' 'a_9' '[[:lower:]]_'; do echo "== -i $p"; grep -i "$p" f; done
