"""The shell at a terminal: prompt, editing keys, history, errors that do not end it. interactive.py SHELL"""
import sys

import pexpect

UP, DOWN, RIGHT, LEFT, HOME, END, DELETE = "\033[A", "\033[B", "\033[C", "\033[D", "\033[H", "\033[F", "\033[3~"
A, E, U, K, W, D = "\x01", "\x05", "\x15", "\x0b", "\x17", "\x04"

shell = pexpect.spawn(sys.argv[1], timeout=20, encoding="utf-8", env={"PATH": "/usr/bin:/bin", "TERM": "vt100",
                      "ASAN_OPTIONS": "detect_leaks=0"})
failed = 0


def check(name, keys, expected):
    """Types `keys` and Enter; a line of output must be `expected`."""
    global failed
    shell.send(keys + "\r")
    got = shell.expect(["\n" + expected + "\r\n", pexpect.TIMEOUT, pexpect.EOF])
    if got != 0:
        print(f"{name}: expected {expected!r}, found {shell.before!r}")
        failed = 1
        return
    shell.expect_exact("$ ")


shell.expect_exact("$ ")
check("plain", "echo plain", "plain")
check("backspace", "echo abx\x7f\x7fc", "ac")
check("arrows_insert", "echo ad" + LEFT + "bc" + RIGHT + "e", "abcde")
check("home_end", "cho x" + HOME + "e" + END + "y", "xy")
check("control_a_e", "cho x" + A + "e" + E + "z", "xz")
check("kill_to_end", "echo keep lost" + LEFT * 5 + K, "keep")
check("kill_to_start", "lost" + U + "echo kept", "kept")
check("kill_word", "echo one two" + W + "three", "one three")
check("delete_key", "echo xab" + LEFT * 3 + DELETE, "ab")
check("history", UP, "ab")
check("history_twice", UP + UP + " more", "one three more")
check("history_down", UP + UP + DOWN + " again", "one three more again")
check("continuation", "if true\rthen echo joined\rfi", "joined")
check("here_document", "cat <<E\rbody\rE", "body")
check("syntax_error_goes_on", "fi", "sh: syntax error near: fi")
check("error_in_function_goes_on", "f() { echo $((1/0)); }; f", "sh: arithmetic: division by zero")
check("control_c_clears", "echo never\x03echo fresh", "fresh")
check("cooked_while_running", "stty -a | grep -o ' icanon'", " icanon")
check("status_kept", "false; echo $?", "1")
shell.send(D)
if shell.expect([pexpect.EOF, pexpect.TIMEOUT]) != 0:
    print("control_d: the shell goes on")
    failed = 1
sys.exit(failed)
