set -- one "two three" four
echo $# $1 "$2" ${3} $0x | sed 's/[^ ]*x$/NAME/'
for i in "$@"; do echo "[$i]"; done
for i in $@; do echo "[$i]"; done
for i in "$*"; do echo "[$i]"; done
for i in "x$@y"; do echo "[$i]"; done
for i; do echo "<$i>"; done
IFS=,; echo "$*"; unset IFS
shift; echo $# $1; shift 2; echo $# "$1"
for i in "$@"; do echo never; done
(shift 9) 2>/dev/null || echo no
unset v; echo "${v:-d1}" ${v-d2} "${v:+s}" "${v:=set}" $v ${v:+yes} ${#v}
e=; echo "${e:-x}" "${e-y}" "[${e:+z}]" "[${e+w}]"
p=/usr/lib/libc.so.6; echo ${p##*/} ${p%/*} ${p#*/} ${p%%.*} ${p#nomatch} "${p%"6"}"
set -- 1 2 3 4 5 6 7 8 9 10 11; echo $10 ${10} ${11} $#
false; echo $? $(true; echo $?)
[ $$ = "$(echo $$)" ] && echo samepid
q='*'; echo "${q#\*}" "${#q}"
