env printf 'a\tb\n'; env printf '%s-%s\n' 1 2 3; env printf '%d %i %u %o %x %X %%\n' 10 -5 7 8 255 255; env printf '[%5s][%-5s][%.2s][%05d][%5d][%-5d]\n' ab ab abcdef -42 42 42
env printf '%b' 'x\ty\n\101\0102\n'; env printf '%c%c\n' abc d; env printf '[%s][%d]\n'; env printf 'no args %s|\n' ; env printf '\101\n'; env printf '%d\n' 0x1f 010 "'A"
env printf 'stop\cnever'; echo; env printf '%s\n' 'a\nb'; env printf '%*d\n' 6 42; env printf '%d\n' x 2>/dev/null; echo $?
env printf '%08d|%-8x|\n' -7 255; env printf -- '-%s-\n' q
