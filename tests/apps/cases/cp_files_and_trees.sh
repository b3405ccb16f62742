umask 022
echo 1 > a; chmod 755 a; head -c 3000 /dev/zero > big; mkdir -p d/e/f t; echo x > d/x; echo y > d/e/f/y
cp a b; cat b; stat -c %a b; cp a big t; ls t; cmp big t/big; echo 2 > b; cp b a; cat a
cp -r d new; find new | sort; cat new/e/f/y; cp -r d t; find t | sort; cp d x 2>/dev/null; echo $?; ls
cp none x 2>/dev/null; echo $?; cp a a 2>/dev/null; echo $?; cat a; cp a none/x 2>/dev/null; echo $?
