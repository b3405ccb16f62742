umask 022; touch f; mkdir d
m() { chmod "$@" && stat -c %a f; }
m 644 f; m 0755 f; m u-x f; m +x f; m go=r f; m a=rw f; m u=rwx,g=rx,o= f; m o+w,u-w f; m -r f; m = f; m 7 f; m ug+rw f
chmod 700 d; stat -c %a d; chmod 644 none 2>/dev/null; echo $?
