x='a  b'
echo $x "$x" '$x' \$x "\$x \\ \" \q" 'it'\''s' "a'b" a\ b
echo "line1
line2" con\
tinued "in\
side" # comment
echo a#b "#c" \#d
echo '' "" | wc -c
printf '[%s]' a "" '' "$none" $none b; echo
echo "nested $(echo "inner $x") end" "${x:-"q q"}"
echo "back\`tick" `echo "a b"` "`echo \"c  d\"`"
