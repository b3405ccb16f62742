f=/dev/shm/sublet-mv-test-$$; echo content > a; chmod 751 a; mv a $f; ls; cat $f; stat -c %a $f; mv $f back; cat back; ls; [ -e $f ] || echo gone
