for s in 'if true' 'echo (' 'fi' 'echo a;; b' '| x' 'for 1 in x; do :; done' 'while true; done' 'case x in' 'echo "open' 'a && ; b' '( echo' '}' 'echo $(' '{ echo x'
do
	sh -c "$s" > /dev/null 2>&1 && echo "accepted: $s" || echo "refused: $s"
done
