eval 'x=1; echo $x'; eval "echo 'a  b'" c; y='echo ev'; eval $y; $y
echo 'v=sourced; echo in $v; return 5; echo no' > src; . ./src; echo $? $v
cat > here <<'X'
cat <<E
document in a sourced file
E
X
. ./here
eval 'cat <<E
document in eval
E'
for i in 1 2; do eval 'continue'; echo no; done; echo done
(exec echo replaced; echo no); sh -c 'exec sh -c "exit 8"'; echo $?
exec 5> f; echo five >&5; exec 5>&-; cat f
exec echo last
echo never
