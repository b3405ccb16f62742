echo hello | tr a-z A-Z; echo hello | tr el ip; echo hello | tr -d l; echo aabbcc | tr -s a-z; echo 'a b  c' | tr -s ' ' '\n'
echo hello123 | tr -cd 0-9; echo; echo hello123 | tr -c 'a-z\n' .; echo abc | tr '[:lower:]' '[:upper:]'; echo 'a-b' | tr -- - _
printf 'x\ty\n' | tr '\t' ' '; echo abcdef | tr a-f xy; echo 'Ab1 ,' | tr -d '[:alpha:]'; echo 'Ab1 ,' | tr -d '[:space:][:punct:]'
echo aXbX | tr -ds X b; printf 'a\\b\n' | tr '\\' /; printf 'a\0b' | tr '\0' n; echo; echo '[a]' | tr '[]' '()'; echo abc | tr -sc a- z
