if true; then echo t; fi
if false; then echo no; else echo e; fi
if false; then echo no; elif true; then echo elif; else echo no; fi
if false; then :; elif false; then :; fi; echo $?
if [ 1 = 1 ] && ! [ 1 = 2 ]; then echo and; fi
true && echo a || echo b; false && echo a || echo b; false || false || echo c
true || echo no && echo yes
if if true; then false; fi; then echo no; else echo nested; fi
case word in a) echo a;; w*d) echo match;; *) echo star;; esac
case x in (x) echo paren;; esac
case none in a) ;; esac; echo $?
case z in
	a | z)
		echo multi
		;;
	*) echo no
esac
if { echo grouped; } then echo ok; fi
