LC_ALL=C; export LC_ALL; umask 022
mkdir d; printf 12345 > a; chmod 751 a; ln -s a l; mkfifo p
ls -l | grep -v ^total | awk '{print $1, $5, $NF}' | grep -v ^d; ls -l | awk '/ d$/ {print substr($1,1,10)}'; ls -ld d | cut -c 1-10; ls -l l | awk '{print $(NF-2), $(NF-1), $NF}'
ls -l /dev/null | cut -c 1-10
