"""OpenOCD, gdb and the verbs flash and debug against a simulated debug port; see README.md.

Everything is what a person with a board uses: the Debian openocd and gdb-multiarch, tools/run, and the board's own openocd.cfg. Only
the probe is another (sim.cfg).
"""

import os
import re
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools/lib"))
sys.path.insert(0, HERE)
import tap
from machines import virt

PROBE = os.path.join(HERE, "sim.cfg")
SECONDS = 100
PROMPT = "$ "


class Gdb:
	"""The verb debug with gdb in batch mode; `expect` reads what gdb says, line by line, until it says this."""

	def __init__(self, board, commands, environment=None, probe=True):
		command = [tap.RUN, "--board", board, "debug", *(["--probe", PROBE] if probe else []), "--", "-batch"]
		for text in commands:
			command += ["-ex", text]
		environment = dict(tap.environment(), **(environment or {}))
		self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
			stderr=subprocess.STDOUT, env=environment, encoding="utf-8", errors="replace")
		self.watchdog = threading.Timer(SECONDS, self.process.terminate)
		self.watchdog.start()
		self.said = []

	def expect(self, pattern):
		"""The match in the next line that has one."""
		for line in self.process.stdout:
			self.said.append(line)
			if match := re.search(pattern, line):
				return match
		raise tap.Failure(f"gdb did not say {pattern!r} but:\n{''.join(self.said[-25:])}")

	def end(self):
		self.said += self.process.stdout.readlines()
		return self.process.wait()

	def __enter__(self):
		return self

	def __exit__(self, kind, *_):
		if kind:
			self.process.terminate()
		self.end()
		self.watchdog.cancel()
		self.process.stdout.close()


def openocd(simulation, board, script):
	"""OpenOCD with the board's configuration; returns the completed process, everything it said in stdout."""
	command = ["openocd", "-c", "gdb_port disabled; tcl_port disabled; telnet_port disabled", "-f", PROBE,
		"-f", os.path.join(tap.ROOT, "board", board, "openocd.cfg"), "-c", f"init; {script}; shutdown"]
	return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
		env=simulation.environment(), encoding="utf-8", check=False, timeout=SECONDS)


def value_of(name, text):
	match = re.search(rf"^{name} \(/\d+\): (0x[0-9a-f]+)", text, re.MULTILINE)
	tap.true(match, f"no {name} in:\n{text}")
	return int(match.group(1), 16)


def width(board):
	return 64 if "64" in board else 32


@tap.case("openocd.attach.finds_idcode_and_misa")
def _(board):
	with virt(board) as machine:
		result = openocd(machine, board, "halt; echo [reg misa]")
		tap.equal(result.returncode, 0)
		tap.true(f"tap/device found: {machine.idcode:#x}" in result.stdout, result.stdout)
		misa = value_of("misa", result.stdout)
		tap.equal(misa >> width(board) - 2, {32: 1, 64: 2}[width(board)])
		for letter in "IMAC":
			tap.true(misa >> ord(letter) - ord("A") & 1, f"misa {misa:#x} has no {letter}")


@tap.case("openocd.attach.leaves_the_machine_running")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		tap.equal(openocd(machine, board, "echo there").returncode, 0)
		machine.console.type("echo ali''ve\r")
		machine.console.expect("alive")


@tap.case("openocd.control.halts_steps_and_resumes")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		result = openocd(machine, board, "reset halt; echo [reg pc]; echo [reg dcsr]; step; echo [reg pc]; echo [reg dcsr]; resume")
		tap.equal([int(text, 16) for text in re.findall(r"^pc .*: (\w+)", result.stdout, re.MULTILINE)], [0x1000, 0x1004])
		causes = [int(text, 16) >> 6 & 7 for text in re.findall(r"^dcsr .*: (\w+)", result.stdout, re.MULTILINE)]
		tap.equal(causes, [3, 4])
		machine.console.expect(PROMPT)


@tap.case("openocd.control.steps_a_hart_that_sleeps_in_wfi")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		result = openocd(machine, board, "halt; echo [reg pc]; step; echo [reg pc]; resume")
		first, second = (int(text, 16) for text in re.findall(r"^pc .*: (\w+)", result.stdout, re.MULTILINE))
		tap.true(first != second, f"the pc is still {first:#x}:\n{result.stdout}")
		machine.console.type("echo ali''ve\r")
		machine.console.expect("alive")


@tap.case("openocd.control.halts_again_at_a_breakpoint_after_a_reset")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		script = "reset halt; bp 0x80000000 2 hw; resume; wait_halt 5000; echo [reg pc]; echo [reg dcsr]; rbp all; resume"
		result = openocd(machine, board, script)
		tap.equal(value_of("pc", result.stdout), 0x80000000)
		tap.equal(value_of("dcsr", result.stdout) >> 6 & 7, 2)
		machine.console.expect(PROMPT)


@tap.case("openocd.memory.is_written_and_read_in_every_size")
def _(board):
	sizes = {"w": "0x89abcdef", "h": "0xbeef", "b": "0x5a"} | ({"d": "0x0123456789abcdef"} if width(board) == 64 else {})
	script = "; ".join(f"mw{letter} {0x80500000 + 16 * i:#x} {value}; echo [md{letter} {0x80500000 + 16 * i:#x}]"
		for i, (letter, value) in enumerate(sizes.items()))
	with virt(board) as machine:
		result = openocd(machine, board, "halt; " + script)
		for value in sizes.values():
			tap.true(f": {value[2:]}" in result.stdout, result.stdout)


@tap.case("openocd.memory.reaches_device_registers")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		openocd(machine, board, "halt; mwb 0x10000000 0x21; mwb 0x10000000 0x21; mwb 0x10000000 0x0a; resume")
		machine.console.expect("!!\n")


@tap.case("openocd.debug.hits_a_breakpoint_at_a_kernel_symbol")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		commands = ["break sys_vfork", "echo armed\\n", "continue", "backtrace 1", "delete", "detach"]
		with Gdb(board, commands, machine.environment()) as gdb:
			gdb.expect("armed")
			machine.console.type("ls /bin/sh\r")
			gdb.expect(r"Breakpoint 1, .*sys_vfork")
			gdb.expect(r"#0 .*sys_vfork")
			tap.equal(gdb.end(), 0)
		machine.console.expect("/bin/sh")


@tap.case("openocd.debug.hits_a_hardware_breakpoint_and_steps_a_line")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		commands = ["hbreak sys_pipe2", "echo armed\\n", "continue", "next", "stepi", "info registers pc", "delete", "detach"]
		with Gdb(board, commands, machine.environment()) as gdb:
			gdb.expect("armed")
			machine.console.type("echo one | wc -c\r")
			gdb.expect(r"Breakpoint 1, .*sys_pipe")
			gdb.expect(r"^pc +0x8000")
			tap.equal(gdb.end(), 0)
		machine.console.expect("4")


@tap.case("openocd.debug.finds_the_kernel_in_memory")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		with Gdb(board, ["compare-sections .text", "detach"], machine.environment()) as gdb:
			gdb.expect(r"Section .text.*: matched")


@tap.case("openocd.debug.resets_the_machine")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		commands = ["monitor reset halt", "hbreak arch_main", "continue", "delete", "detach"]
		with Gdb(board, commands, machine.environment()) as gdb:
			gdb.expect(r"Breakpoint 1, .*arch_main")
			tap.equal(gdb.end(), 0)
		machine.console.expect(PROMPT)


@tap.case("openocd.debug.says_that_the_board_is_another")
def _(board):
	with virt(board, idcode=0x20000913) as machine:
		with Gdb(board, ["info registers pc"], machine.environment()) as gdb:
			gdb.expect("the wrong board: IDCODE is 0x20000913")
			tap.true(gdb.end() != 0, "the status is 0")


@tap.case("openocd.debug.says_that_nothing_listens")
def _(board):
	with Gdb(board, ["info registers pc"], {"SUBLET_SIM_SOCKET": "/nonexistent/port"}) as gdb:
		gdb.expect("nonexistent|connect")
		tap.true(gdb.end() != 0, "the status is 0")


@tap.case("openocd.debug.needs_no_probe_for_a_machine_in_qemu")
def _(board):
	with Gdb(board, ["break sys_vfork", "continue", "backtrace 1"], probe=False) as gdb:
		gdb.expect(r"Breakpoint 1, .*sys_vfork")
		gdb.expect(r"#0 .*sys_vfork")
		tap.equal(gdb.end(), 0)


tap.main()
