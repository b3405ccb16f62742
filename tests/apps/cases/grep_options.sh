printf 'apple\nBanana\ncherry pie\n\napple pie\n' > f; printf 'pie\n' > g
grep apple f; grep -v apple f; grep -n pie f; grep -c pie f; grep -i BANANA f; grep -l pie f g; grep pie f g; grep -c x f g
grep -q apple f; echo $?; grep -q nope f; echo $?; grep x none 2>/dev/null; echo $?; grep -F 'a.p' f; echo $?; grep '' f | wc -l
cat f | grep pie; grep -e -x f; echo $?; grep -vn pie f; printf 'no newline' | grep new; grep -s x none f; echo $?; grep -in APPLE g f
