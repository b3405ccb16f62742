echo 1 > a; echo 2 > b; mkdir d e
mv a c; cat c; mv c b d; ls . d; mv d/b d/c e/; ls d e; echo x > y; echo z > w; mv y w; cat w; mv d e; ls e
mv none x 2>/dev/null; echo $?; mv w none/x 2>/dev/null; echo $?; mv w e none 2>/dev/null; echo $?
