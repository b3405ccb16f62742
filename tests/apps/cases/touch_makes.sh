touch a b; ls; echo keep > c; touch c; cat c; touch -c none; ls; touch no/x 2>/dev/null; echo $?
