upper() { echo $1 | tr a-z A-Z; }
n=0
for word; do
	n=$((n + 1))
	if [ $word = one ]; then echo $n one; else echo $n other $word; fi
done
upper bin
