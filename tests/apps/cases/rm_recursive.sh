mkdir -p d/e/f d/g; touch a b d/x d/e/y d/e/f/z d/.hidden; ln -s d link; i=0
while [ $i -lt 50 ]; do : > d/g/file$i; i=$((i+1)); done
rm a; ls; rm d 2>/dev/null; echo $?; rm none 2>/dev/null; echo $?; rm -f none; echo $?; rm -f; echo $?
rm link; ls d | wc -l; rm -r d; ls; rm -rf d b; echo $?; ls; mkdir k; rm -r k/ ; ls; rm -rf . 2>/dev/null; echo $?
