"""The shell's job control over the host's kernel: what needs the host's tools to be seen. jobs.py SHELL"""
import re
import sys

import pexpect

shell = pexpect.spawn(sys.argv[1], timeout=20, encoding="utf-8", env={"PATH": "/usr/bin:/bin", "TERM": "vt100",
                      "ASAN_OPTIONS": "detect_leaks=0"})
failed = 0


def check(name, keys, *expected):
    """Types `keys` and Enter; these lines must come, in this order, before the prompt."""
    global failed
    shell.send(keys + "\r")
    for line in expected:
        if shell.expect(["\n" + line + "\r+\n", pexpect.TIMEOUT, pexpect.EOF]) != 0:
            print(f"{name}: expected {line!r}, found {shell.before!r}")
            sys.exit(1)
        # The newline that ends this line may be the one before the next.
        shell.buffer = "\n" + shell.buffer
    shell.expect_exact("$ ")


def notice(name, line):
    """Presses Enter until a line about a job appears."""
    for _ in range(200):
        if re.search(line + "\r+\n", shell.before):
            return
        shell.send("\r")
        shell.expect_exact("$ ")
    print(f"{name}: no {line!r}")
    sys.exit(1)


MODES = "stty -a | grep -o '.icanon'"

shell.expect_exact("$ ")
check("stopped_job_keeps_its_settings", f"sh -c 'stty -icanon; kill -STOP $$; {MODES}'", r"\[1\]\+ Stopped sh -c [^\r]*")
check("shell_has_its_own_back", MODES, " icanon")
check("job_gets_them_again", "fg", "sh -c [^\r]*", "-icanon")
check("a_job_that_ends_may_leave_its_settings", f"stty icanon; stty -echoctl; stty -a | grep -o '.echoctl'", "-echoctl")
check("a_killed_job_may_not", "sh -c 'stty echoctl; kill -KILL $$'", r"Killed\(KILL\)")
check("settings_after_a_killed_job", "stty -a | grep -o '.echoctl'", "-echoctl")
check("one_group_a_job", "sh -c 'ps -o pgid= -p $$' | cat > a; sh -c 'ps -o pgid= -p $$' > b; cmp -s a b; echo $?", "1")
check("one_group_a_pipeline",
      "sh -c 'echo $(ps -o pgid= -p $$)' | sh -c 'read x; echo $(ps -o pgid= -p $$) $x' | (read x y; [ $x = $y ] && echo same)", "same")
check("stages_share_it", "sleep 1000 | sleep 1000 &", r"\[1\] \d+")
check("kill_reaches_all_of_it", "kill %sleep; wait %1; echo $?", "143")
check("substitutions_stay_with_the_shell", "echo $(kill -STOP $PPID 2>/dev/null; echo on)", "on")
check("ignored_by_the_shell_only", "sh -c 'kill -TSTP $$; echo went on'", r"\[1\]\+ Stopped sh -c [^\r]*")
check("continued_from_elsewhere", "kill -s CONT -- %1; wait %1; echo $?", "went on", "0")
check("stopped_while_waited_for", "sleep 1000 & kill -STOP $!; wait %1; echo $?", r"\[1\] \d+", "147")
check("wait_leaves_it", "jobs", r"\[1\]\+ Stopped sleep 1000")
check("current_is_the_stopped_one", "sleep 1001 & jobs %%", r"\[2\] \d+", r"\[1\]\+ Stopped sleep 1000")
check("previous", "jobs %-", r"\[2\]- Running sleep 1001")
check("kill_several", "kill -s KILL -- %1 %2; wait %1 %2; jobs; echo none", "none")
check("no_such_job", "fg %1", "sh: %1: no such job")
check("off", "set +m; sleep 1000 & fg", r"\[1\] \d+", "sh: no such job")
check("kill_without_groups", "kill %1; wait %1; echo $?; set -m", "143")
check("trap_instead_of_prompt", "trap 'echo trapped' INT; while [ -z \"$n\" ]; do kill -INT $$; n=1; done; trap - INT", "trapped")
check("syntax_error_in_a_pipeline_forgets_the_job", "sleep 0 | echo ${nothing?missing}", "sh: nothing: missing")
check("no_job_is_left", "jobs; echo none", "none")
shell.sendline("exit 4")
shell.expect(pexpect.EOF)
shell.close()
sys.exit(failed or shell.exitstatus != 4)
