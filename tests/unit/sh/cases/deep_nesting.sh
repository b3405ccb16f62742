if true; then for a in 1; do while true; do case x in x) { if true; then echo six levels; fi; };; esac; break; done; done; fi
echo $(echo $(echo $(echo $(echo $(echo five)))))
( ( ( ( (echo subshells) ) ) ) )
