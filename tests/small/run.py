"""A shell with processes in 16 KiB: the demonstration, as a person at a terminal sees it. For boards with that little RAM.

The guest counts time by instructions, so that what is in memory at the same time is the same in every run.
"""

import os
import re
import subprocess
import sys
import tempfile

import pexpect

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools/lib"))
import tap

PROMPT = r"\n\$ $"
SECONDS = 60
PIPELINE = "ls /bin | grep s | wc -l"


def programs(board, letter):
	"""How many programs of the root file system have the letter in their name."""
	return sum(letter in name for name in os.listdir(os.path.join(tap.ROOT, "build", board, "rootfs/bin")))


class Terminal:
	"""A guest booted to its prompt."""

	def __init__(self, board, *options):
		self.guest = pexpect.spawn(tap.RUN, ["--board", board, "--icount", *options], env=tap.environment(), encoding="utf-8",
			timeout=SECONDS, dimensions=(24, 80))

	def __enter__(self):
		self.wait()
		return self

	def __exit__(self, *_):
		self.guest.close(force=True)

	def wait(self):
		try:
			self.guest.expect(PROMPT)
		except (pexpect.TIMEOUT, pexpect.EOF) as error:
			raise tap.Failure(f"{type(error).__name__} while waiting for the prompt; the terminal shows {self.guest.before!r}") from error

	def ask(self, line):
		"""Type a line; what the terminal shows between it and the next prompt."""
		self.guest.send(line + "\r")
		self.wait()
		return self.guest.before.replace("\r", "").partition("\n")[2].rstrip("\n")

	def memory(self):
		"""Bytes that are free, read by the shell itself."""
		text = self.ask("while read a b c; do echo $a $b; done </proc/meminfo")
		return int(re.search(r"MemFree: (\d+)", text)[1])


@tap.case("small.prompt.stands_in_16_KiB")
def _(board):
	with Terminal(board) as terminal:
		tap.equal(terminal.ask("echo hel''lo"), "hello")
		total = int(re.search(r"MemTotal: (\d+)", terminal.ask("cat /proc/meminfo"))[1])
		tap.true(total < 16384, f"the allocator has {total} bytes")


@tap.case("small.pipeline.runs_three_processes")
def _(board):
	with Terminal(board) as terminal:
		for _ in range(3):
			tap.equal(terminal.ask(PIPELINE), str(programs(board, "s")))


@tap.case("small.background.leaves_the_prompt")
def _(board):
	with Terminal(board) as terminal:
		terminal.ask("sleep 1 &")
		rows = terminal.ask("ps").splitlines()
		names = [row.split()[8] for row in rows[1:]]
		tap.equal(sorted(names), ["-sh", "/bin/init", "ps", "sleep"])
		terminal.ask("wait")
		tap.true("sleep" not in terminal.ask("ps"), "sleep still runs")


@tap.case("small.script.runs_with_loops_and_functions")
def _(board):
	with Terminal(board, "-f", os.path.join(HERE, "script.sh") + ":/etc/script") as terminal:
		tap.equal(terminal.ask("sh /etc/script one two"), "1 one\n2 other two\nBIN")
		tap.equal(terminal.ask("echo in $(echo substituted)"), "in substituted")


@tap.case("small.isolation.kills_a_wild_pointer_only")
def _(board):
	compiler = os.path.join(tap.ROOT, "build", board, "sdk/bin/sublet-cc")
	with tempfile.TemporaryDirectory(prefix="sublet-small-") as folder:
		program = os.path.join(folder, "wild")
		subprocess.run([compiler, "-O2", "-mstack=256", os.path.join(HERE, "wild.c"), "-o", program], check=True)
		with Terminal(board, "-f", program + ":/bin/wild") as terminal:
			tap.equal(terminal.ask("uname -v"), "processes isolated by PMP")
			tap.true("signal 11: store access fault at address 0x80000000" in terminal.ask("wild"), terminal.guest.before)
			tap.equal(terminal.ask("echo status $?"), "status 139")


@tap.case("small.isolation.uses_no_pmp_entry_that_the_chip_has_not")
def _(board):
	"""The chip has 8 entries, its model in QEMU 16: what the kernel touches is read from its code."""
	code = subprocess.run(["riscv64-unknown-elf-objdump", "-d", os.path.join(tap.ROOT, "build", board, "sublet.elf")], capture_output=True,
		encoding="utf-8", check=True).stdout
	entries = {int(number) for number in re.findall(r"\bpmpaddr(\d+)\b", code)}
	configurations = {int(number) for number in re.findall(r"\bpmpcfg(\d+)\b", code)} # four entries each
	tap.true(entries and max(entries) < 8, f"pmpaddr registers {sorted(entries)}")
	tap.true(configurations and max(configurations) < 2, f"pmpcfg registers {sorted(configurations)}")


@tap.case("small.memory.pipeline_that_does_not_fit_says_so")
def _(board):
	with Terminal(board) as terminal:
		pid = terminal.ask("echo $$")
		for _ in range(3):
			shown = terminal.ask(" | ".join(["sleep 1"] * 8))
			tap.true(re.search(r"^sh: .*[Oo]ut of memory$", shown, re.MULTILINE), f"the terminal shows {shown!r}")
			tap.equal(terminal.ask("echo $$"), pid)
			tap.equal(terminal.ask(PIPELINE), str(programs(board, "s")))


@tap.case("small.memory.processes_give_everything_back")
def _(board):
	with Terminal(board) as terminal:
		free = []
		for _ in range(4):
			terminal.ask(PIPELINE)
			terminal.ask("sh -c 'echo a; exit 3'")
			free.append(terminal.memory())
		tap.equal(free[1:], free[1:2] * 3) # the shell's own heap may grow in the first round


@tap.case("small.command.status_is_its_own")
def _(board):
	result = tap.run(board, "echo out; exit 7")
	tap.equal((result.returncode, result.stdout), (7, b"out\n"))


@tap.case("small.features.what_is_left_out_says_so")
def _(board):
	result = tap.run(board, "echo x > /tmp/file; echo status $?")
	tap.true(b"Read-only file system" in result.stdout and b"status 1\n" in result.stdout, f"the guest says {result.stdout!r}")


@tap.case("small.size.adds_up_to_all_of_ram")
def _(board):
	result = subprocess.run([tap.RUN, "--board", board, "size"], env=tap.environment(), capture_output=True, encoding="utf-8", check=False)
	tap.equal(result.returncode, 0)
	tap.true(re.search(r"^ +16384  all$", result.stdout, re.MULTILINE), result.stdout[-2000:])
	tap.true(not re.search(r"  other$", result.stdout, re.MULTILINE), "there are blocks that no process leads to")


tap.main()
