t() { if "$@"; then echo yes; else echo no; fi; }
touch f; mkdir d; echo x > s; ln -s f l
t [ -f f ]; t [ -d f ]; t [ -d d ]; t [ -e none ]; t [ -s f ]; t [ -s s ]; t [ -L l ]; t [ -h f ]
t [ a = a ]; t [ a = b ]; t [ a != b ]; t [ -n "" ]; t [ -z "" ]; t [ "" ]; t [ x ]; t [ ]
t [ 1 -eq 1 ]; t [ 1 -lt 2 ]; t [ 2 -le 1 ]; t [ 3 -gt 2 ]; t [ 3 -ge 4 ]; t [ 1 -ne 1 ]; t [ -5 -lt 3 ]
t [ ! -f none ]; t [ a = a -a b = b ]; t [ a = b -o b = b ]; t [ \( a = b \) -o c = c ]
t [ = = = ]; t [ ! ]; t [ -f ]; t [ "(" = "(" ]; t [ ! = ! ]; t test -r f; t [ -w f ]
[ a = a b ] 2>/dev/null; echo $?; [ x -eq 1 ] 2>/dev/null; echo $?
