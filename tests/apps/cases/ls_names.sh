LC_ALL=C; export LC_ALL
mkdir d e; touch b a d/x d/.h .hidden 'sp ace'; ln -s a l; ls; ls -a; ls d; ls a d; ls d e; ls -d d; ls -1 d; ls -a d; ls a b; ls none 2>/dev/null || echo failed; ls none a 2>/dev/null || echo failed
