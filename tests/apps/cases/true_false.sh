env true; echo $?; env false; echo $?; env true --anything; echo $?
