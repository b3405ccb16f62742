env A=1 B=2 sh -c 'echo $A $B'; env -i X=y env; env -i A=1 A=2 env
export Q=q; env -u Q sh -c 'echo [$Q]'; env Q=r sh -c 'echo $Q'; env nosuchcommand 2>/dev/null; echo $?; env false; echo $?
env /etc/passwd 2>/dev/null; echo $?
