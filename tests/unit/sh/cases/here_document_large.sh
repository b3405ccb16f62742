cat <<E | wc -c
$(i=0; while [ $i -lt 100 ]; do echo "line $i of a here-document that is larger than a pipe takes at once"; i=$((i+1)); done)
E
wc -l <<E
$(i=0; while [ $i -lt 200 ]; do echo "line $i"; i=$((i+1)); done)
E
