v=value
cat <<E
plain $v $(echo cmd) `echo bq` \$v "quoted" 'single' $((1+1)) back\\slash
  second
E
cat <<'E'
raw $v $(echo no) \$v
E
cat <<-E
	tab $v
	E
cat <<A; cat <<B
first
A
second
B
while read x; do echo "r:$x"; done <<E
1
2
E
f() {
	cat <<E
in function $1
E
}
f arg
cat <<E | tr a-z A-Z
piped
E
x=$(cat <<E
substituted
E
)
echo $x
if true; then cat <<E
inner
E
fi
cat <<E
E
echo end
