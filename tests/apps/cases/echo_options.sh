exec 2>/dev/null
env echo a  b '' c; env echo -n x; env echo; env echo -- -n; env echo
