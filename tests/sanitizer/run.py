"""The vfork sanitizer: each crime of crimes.c is reported with the right function, innocent programs are not, and nothing is
left behind. One guest runs all crimes, with the sanitizer off and then on."""

import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools/lib"))
import symbolize
import tap

LETTERS = "rspmgzhfeliwn"
COMMITTED = f"for mode in off on; do vforksan $mode; for c in {' '.join(LETTERS)}; do echo \"== $mode $c\"; /host/crimes $c; done; done"
ROUNDS = 30

_output = {}
_folder = tempfile.TemporaryDirectory(prefix="sublet-sanitizer-")


def program(board, name):
	path = os.path.join(_folder.name, name)
	if not os.path.exists(path):
		compiler = os.path.join(tap.ROOT, "build", board, "sdk/bin/sublet-cc")
		subprocess.run([compiler, "-g", "-Os", "-Wall", "-D_GNU_SOURCE", "-o", path, os.path.join(HERE, name + ".c")], check=True)
	return path


def crimes(board):
	"""The output of each crime, by mode and letter, as tools/run shows it."""
	if not _output:
		result = tap.run(board, COMMITTED, "-f", program(board, "crimes"))
		text = result.stdout.decode(errors="replace").replace("\r", "")
		parts = re.split(r"^== (\w+) (\w)\n", text, flags=re.MULTILINE)[1:]
		_output.update({(parts[i], parts[i + 1]): parts[i + 2] for i in range(0, len(parts), 3)})
	return _output


def expect(board, mode, letter, *patterns):
	output = crimes(board).get((mode, letter), "")
	for pattern in patterns:
		tap.true(re.search(pattern, output, re.MULTILINE), f"no /{pattern}/ in: {output}")


LINE = r"^vforksan: crimes\[\d+\]: "
RETURNED = LINE + r"the child returned from the function that called vfork$"


def returned_case(name, letter, caller, lender):

	@tap.case(f"sanitizer.returned.{name}")
	def _(board):
		for mode in ("off", "on"):
			expect(board, mode, letter, RETURNED, LINE + rf"\.\.\. or left it: killed at a system call in text\+0x[0-9a-f]+ \({caller}\b",
				LINE + rf"vfork was called in text\+0x[0-9a-f]+ \({lender} crimes\.c:\d+\) by \d+, whose frame is lost$")
			tap.true("deeper" not in crimes(board)[mode, letter].replace("(deeper", ""), "the child went on to its call")


returned_case("child_that_called_on_is_ended_before_its_call", "r", "deeper", "wrapper")
returned_case("child_that_ended_is_noticed", "s", "return_and_exit", "wrapper")
returned_case("child_that_returned_from_main_is_ended", "m", "exit", "main")


def write_case(name, letter, lender, pattern):

	@tap.case(f"sanitizer.wrote.{name}")
	def _(board):
		expect(board, "on", letter, LINE + rf"a child misused its loan; vfork was called in text\+0x[0-9a-f]+ \({lender} crimes\.c:\d+\)$",
			LINE + rf"child \d+ wrote {pattern}$")

	@tap.case(f"sanitizer.off.{name}_is_not_looked_for")
	def _(board):
		tap.equal(crimes(board)["off", letter], "status 0\n")


write_case("global_variable", "g", "write_global", r"1 bytes at data\+0x[0-9a-f]+ \(global\): 07 -> 2a")
write_case("global_variable_cleared", "z", "clear_global", r"4 bytes at data\+0x[0-9a-f]+ \(cleared\): 07 00 00 00 -> 00 00 00 00")
write_case("heap", "h", "write_heap", r"11 bytes at heap\+0x[0-9a-f]+: 00 00 00 00 00 00 00 00 ... -> 68 65 6c 6c 6f 2c 20 68 ...")
write_case("frame_of_a_caller", "f", "change", r"1 bytes at stack\+0x[0-9a-f]+: 03 -> 63")


@tap.case("sanitizer.wrote.nothing_when_vfork_is_called_by_pointer")
def _(board):
	for mode in ("off", "on"):
		tap.equal(crimes(board)[mode, "p"], "status 0\n")


def wait_case(name, letter, lender, word, reason, status=0):

	@tap.case(f"sanitizer.waits.{name}")
	def _(board):
		expect(board, "on", letter, LINE + rf"a child misused its loan; vfork was called in text\+0x[0-9a-f]+ \({lender} crimes\.c:\d+\)$",
			LINE + r"the child waits in text\+0x[0-9a-f]+ \(\w+", LINE + rf"\.\.\. {reason} data\+0x[0-9a-f]+ \({word}\)$", f"^status {status}$")
		tap.equal(crimes(board)["on", letter].count("the child waits"), 1)

	@tap.case(f"sanitizer.off.{name}_is_not_looked_for")
	def _(board):
		tap.equal(crimes(board)["off", letter], f"status {status}\n")


wait_case("for_a_lock_that_a_thread_holds", "l", "lock_of_a_thread", "lock", "for thread 2's")
wait_case("for_a_lock_with_inheritance_that_a_thread_holds", "i", "lock_with_inheritance", "lock", "for thread 2's")
wait_case("while_a_thread_waits_for_its_lender", "w", "lender_is_waited_for", "empty", "and thread 2 for its lender:")
wait_case("when_nobody_is_left_to_wake_it", "n", "nobody_is_left", "empty", "and nobody can wake it:", 14)


@tap.case("sanitizer.exit.is_reported_with_its_caller")
def _(board):
	expect(board, "on", "e", LINE + r"the child ended through exit\(\) instead of _exit\(\), called in text\+0x[0-9a-f]+ \(leave_by_exit crimes\.c:\d+\)$")
	tap.equal(crimes(board)["off", "e"], "atexit\n")


@tap.case("sanitizer.innocent.shell_and_library_are_not_reported")
def _(board):
	script = os.path.join(HERE, "innocent.sh")
	result = tap.run(board, "sh /host/innocent.sh; vforksan /host/innocent", "-f", program(board, "innocent"), "-f", script)
	text = result.stdout.decode(errors="replace")
	tap.true("vforksan" not in text, text)
	for word in ("b\n", "substitution\n", "here\n", "subshell\n2\n", "in function\n", "1\n", "script argument\n"):
		tap.true(word in text, f"no '{word}' in: {text}")
	tap.equal(text.count("popen\nsystem 3\nspawn 2\nlocal 2\ndone\n"), 2)


@tap.case("sanitizer.innocent.threads_are_not_reported")
def _(board):
	result = tap.run(board, "vforksan /host/innocent_threads", "-f", program(board, "innocent_threads"))
	tap.equal(result.stdout.decode(errors="replace").replace("\r", ""), "system 3\nturns 40\n")


SOAK = f"bench soak exec {ROUNDS}; bench soak exit {ROUNDS}"


def soak_case(name, command):

	@tap.case(f"sanitizer.soak.{name}_leaves_nothing_behind")
	def _(board):
		reading = "while read row; do echo \"$row\"; done < /proc/meminfo"
		result = tap.run(board, f"{reading}; {command}; {reading}; {command}; {reading}")
		text = result.stdout.decode(errors="replace")
		frees = re.findall(r"MemFree:\s*(\d+)", text)
		tap.true(len(frees) == 3 and frees[1] == frees[2], text)
		tap.true("vforksan" not in text and "leak" not in text, text)


soak_case("off", SOAK)
soak_case("on", f"vforksan sh -c '{SOAK}'; vforksan on; bench soak exec {ROUNDS}; vforksan off")


class NoPrograms:
	def find(self, _name):
		return None


@tap.case("sanitizer.symbolize.other_bytes_pass_unchanged_whatever_the_pieces")
def _(board):
	del board
	data = b"vfork\nvforksan: \xff\n\x00v\r\nvforksan: a[1]: text+0x10\r\nxvforksan: a[1]\nvforksan: " + b"y" * 3000 + b"\nvforks"
	for size in (1, 2, 7, 5000):
		names = symbolize.Filter(NoPrograms())
		out = b"".join(names.take(data[i:i + size]) for i in range(0, len(data), size))
		tap.equal(out + names.rest(), data)


tap.main()
