echo a;echo b
echo c & wait
{ echo d; echo e; }; { echo f
}
if true
then echo g
fi
true &&
	echo h ||
	echo i
for i in 1; do { (echo nested); }; done
echo if then else fi do done case esac { } in
x=if; $x 2>/dev/null || echo notreserved
	# only a comment

echo j # trailing
while :; do if :; then for q in 1; do case a in a) break 2;; esac; done; fi; done
! { false; }; echo $?
f() if true; then echo body; fi; f
echo $(case x in x) echo case in subst;; esac)
echo "$( (echo paren) )"
{ { { echo braces; } } }
a=1 b=$a; echo $b
