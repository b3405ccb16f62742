"""OpenOCD, gdb and the verbs flash and debug against a simulated debug port; see README.md.

Everything is what a person with a board uses: the Debian openocd and gdb-multiarch, tools/run, and the board's own openocd.cfg. Only
the probe is another (sim.cfg).
"""

import os
import random
import re
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools/lib"))
sys.path.insert(0, HERE)
import flashimage
import tap
from jtag import Chain, PlainTap
from machines import CHIPS, erased, virt

PROBE = os.path.join(HERE, "sim.cfg")
SECONDS = 100
FLASH_SECONDS = 300
PROMPT = "$ "


DEBUGGED = ("qemu-virt32", "qemu-virt64")
FLASHED = ("qemu-virt32-flash", "qemu-virt64-flash", "hifive-unleashed")


def case(name, boards=DEBUGGED):
	"""A case for these boards; others skip it."""

	def register(function):
		@tap.case(name)
		def _(board):
			if board not in boards:
				raise tap.Skip("runs with " + ", ".join(boards))
			function(board)
		return function

	return register


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
	command = ["openocd", "-c", "gdb_port disabled; tcl_port disabled; telnet_port disabled",
		"-f", os.path.join(tap.ROOT, "tools/openocd/sublet.tcl"), "-f", PROBE, "-f", os.path.join(tap.ROOT, "board", board, "openocd.cfg"), "-c", f"init; {script}; shutdown"]
	return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
		env=simulation.environment(), encoding="utf-8", check=False, timeout=SECONDS)


class Content:
	"""A file of noise in the machine's folder."""

	def __init__(self, simulation, size):
		self.path, self.size = simulation.path("content"), size
		self.data = random.Random(size).randbytes(size)

	def word(self, offset):
		return int.from_bytes(self.data[offset:offset + 4], "little")

	def __enter__(self):
		with open(self.path, "wb") as file:
			file.write(self.data)
		return self

	def __exit__(self, *_):
		pass


def value_of(name, text):
	match = re.search(rf"^{name} \(/\d+\): (0x[0-9a-f]+)", text, re.MULTILINE)
	tap.true(match, f"no {name} in:\n{text}")
	return int(match.group(1), 16)


def width(board):
	return 64 if "64" in board else 32


def check_misa(misa, xlen, extensions):
	tap.equal(misa >> xlen - 2, {32: 1, 64: 2}[xlen])
	for letter in extensions:
		tap.true(misa >> ord(letter) - ord("A") & 1, f"misa {misa:#x} has no {letter}")


@case("openocd.port.scans_alike_in_one_stretch_and_bit_by_bit")
def _(_):
	def walk(pieces):
		chain = Chain([PlainTap(0x10320001), PlainTap(0x790007A3)])
		return b"".join(chain.feed(piece) for piece in pieces)

	# Reset; to Shift-DR; 64 bits and 8 more through both IDCODEs; Exit1, Update, and IR: all ones (BYPASS); then 5 bits of data.
	clocks = "2637" * 5 + "04" + "26" + "0404" + "0R4" * 36 + "1R5" * 28 + "1R5" * 8 + "3R7" + "26" + "04"
	clocks += "2626" + "0404" + "1R5" * 9 + "3R7" + "26" + "04" + "26" + "0404" + "1R51R50R41R50R4"
	clocks = clocks.encode()
	answers = walk([clocks])
	tap.equal(walk([clocks[i:i + 1] for i in range(len(clocks))]), answers)
	bits = bytes(answers)[:64][::-1]
	tap.equal(int(bits, 2), 0x790007A3 << 32 | 0x10320001)
	tap.equal(bytes(answers)[-5:], b"00110")


@case("openocd.attach.finds_idcode_and_misa")
def _(board):
	with virt(board) as machine:
		result = openocd(machine, board, "halt; echo [reg misa]")
		tap.equal(result.returncode, 0)
		tap.true(f"tap/device found: {machine.idcode:#x}" in result.stdout, result.stdout)
		misa = value_of("misa", result.stdout)
		check_misa(misa, width(board), "IMAC")


@case("openocd.attach.leaves_the_machine_running")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		tap.equal(openocd(machine, board, "echo there").returncode, 0)
		machine.console.type("echo ali''ve\r")
		machine.console.expect("alive")


@case("openocd.control.halts_steps_and_resumes")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		result = openocd(machine, board, "reset halt; echo [reg pc]; echo [reg dcsr]; step; echo [reg pc]; echo [reg dcsr]; resume")
		tap.equal([int(text, 16) for text in re.findall(r"^pc .*: (\w+)", result.stdout, re.MULTILINE)], [0x1000, 0x1004])
		causes = [int(text, 16) >> 6 & 7 for text in re.findall(r"^dcsr .*: (\w+)", result.stdout, re.MULTILINE)]
		tap.equal(causes, [3, 4])
		machine.console.expect(PROMPT)


@case("openocd.control.steps_a_hart_that_sleeps_in_wfi")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		result = openocd(machine, board, "halt; echo [reg pc]; step; echo [reg pc]; resume")
		first, second = (int(text, 16) for text in re.findall(r"^pc .*: (\w+)", result.stdout, re.MULTILINE))
		tap.true(first != second, f"the pc is still {first:#x}:\n{result.stdout}")
		machine.console.type("echo ali''ve\r")
		machine.console.expect("alive")


@case("openocd.control.halts_again_at_a_breakpoint_after_a_reset")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		script = "reset halt; bp 0x80000000 2 hw; resume; wait_halt 5000; echo [reg pc]; echo [reg dcsr]; rbp all; resume"
		result = openocd(machine, board, script)
		tap.equal(value_of("pc", result.stdout), 0x80000000)
		tap.equal(value_of("dcsr", result.stdout) >> 6 & 7, 2)
		machine.console.expect(PROMPT)


@case("openocd.memory.is_written_and_read_in_every_size")
def _(board):
	sizes = {"w": "0x89abcdef", "h": "0xbeef", "b": "0x5a"} | ({"d": "0x0123456789abcdef"} if width(board) == 64 else {})
	script = "; ".join(f"mw{letter} {0x80500000 + 16 * i:#x} {value}; echo [md{letter} {0x80500000 + 16 * i:#x}]"
		for i, (letter, value) in enumerate(sizes.items()))
	with virt(board) as machine:
		result = openocd(machine, board, "halt; " + script)
		for value in sizes.values():
			tap.true(f": {value[2:]}" in result.stdout, result.stdout)


@case("openocd.memory.reaches_device_registers")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		openocd(machine, board, "halt; mwb 0x10000000 0x21; mwb 0x10000000 0x21; mwb 0x10000000 0x0a; resume")
		machine.console.expect("!!\n")


@case("openocd.flash.cfi_erases_writes_and_verifies")
def _(board):
	with virt(board) as machine, Content(machine, 5000) as content:
		machine.console.expect(PROMPT)
		result = openocd(machine, board, f"halt; flash erase_address pad 0x20040000 {content.size}; "
			f"flash write_image {content.path} 0x20040000 bin; echo [verify_image {content.path} 0x20040000 bin]; echo [mdw 0x2003fffc 2]; resume")
		tap.true(f"verified {content.size} bytes" in result.stdout, result.stdout)
		tap.true(f"0x2003fffc: 00000000 {content.word(0):08x}" in result.stdout, result.stdout)
		machine.console.type("echo ali''ve\r")
		machine.console.expect("alive")


@case("openocd.flash.fespi_writes_spi_nor", DEBUGGED[:1])
def _(board):
	chip = CHIPS["hifive-unleashed"]
	machine = chip.simulate()
	with Content(machine, 6000) as content:
		nor = machine.path("nor.img")
		with open(nor, "wb") as file:
			file.write(bytes([0x5A]) * (32 << 20))
		machine.command += ["-drive", f"if=mtd,format=raw,cache=unsafe,file={nor}"]
		with machine:
			result = openocd(machine, "hifive-unleashed", f"reset halt; flash erase_address pad 0x20010000 {content.size}; "
				f"flash write_image {content.path} 0x20010000 bin")
			tap.equal(result.returncode, 0)
			with open(nor, "rb") as file:
				file.seek(0x10000 - 1)
				tap.equal(file.read(1 + content.size + 1), b"\x5a" + content.data + b"\xff")


def try_chip(board):
	"""A case for a chip that cannot run here: its configuration finds what it should, and declares the flash of the data sheet."""

	@case(f"openocd.chips.{board.replace('-', '_')}_is_examined_with_its_flash_declared", DEBUGGED[:1])
	def _(_):
		chip = CHIPS[board]
		with chip.simulate() as machine:
			result = openocd(machine, board, "halt; echo [reg misa]; echo [flash banks]; step; resume")
			tap.equal(result.returncode, 0)
			check_misa(value_of("misa", result.stdout), chip.xlen, chip.extensions)
			tap.true(chip.bank in result.stdout, result.stdout)
			for word in ("UNEXPECTED", "AUTO", "Error"):
				tap.true(word not in result.stdout, result.stdout)


for name in CHIPS:
	try_chip(name)


@case("openocd.debug.hits_a_breakpoint_at_a_kernel_symbol")
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


@case("openocd.debug.hits_a_hardware_breakpoint_and_steps_a_line")
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


@case("openocd.debug.finds_the_kernel_in_memory")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		with Gdb(board, ["compare-sections .text", "detach"], machine.environment()) as gdb:
			gdb.expect(r"Section .text.*: matched")


@case("openocd.debug.resets_the_machine")
def _(board):
	with virt(board) as machine:
		machine.console.expect(PROMPT)
		commands = ["monitor reset halt", "hbreak arch_main", "continue", "delete", "detach"]
		with Gdb(board, commands, machine.environment()) as gdb:
			gdb.expect(r"Breakpoint 1, .*arch_main")
			tap.equal(gdb.end(), 0)
		machine.console.expect(PROMPT)


@case("openocd.debug.says_that_the_board_is_another")
def _(board):
	with virt(board, idcode=0x20000913) as machine:
		with Gdb(board, ["info registers pc"], machine.environment()) as gdb:
			gdb.expect("the wrong board: IDCODE is 0x20000913")
			tap.true(gdb.end() != 0, "the status is 0")


@case("openocd.chips.one_with_the_same_idcode_is_told_apart", DEBUGGED[:1])
def _(board):
	with CHIPS["hifive1-revb"].simulate() as machine:
		result = openocd(machine, "hifive-unleashed", "sublet_halt")
		tap.true("the wrong board: a processor of 32 bits" in result.stdout, result.stdout)
		tap.true(result.returncode != 0, "the status is 0")


@case("openocd.debug.says_that_nothing_listens")
def _(board):
	with Gdb(board, ["info registers pc"], {"SUBLET_SIM_SOCKET": "/nonexistent/port"}) as gdb:
		gdb.expect("nonexistent|connect")
		tap.true(gdb.end() != 0, "the status is 0")


@case("openocd.debug.needs_no_probe_for_a_machine_in_qemu")
def _(board):
	with Gdb(board, ["break sys_vfork", "continue", "backtrace 1"], probe=False) as gdb:
		gdb.expect(r"Breakpoint 1, .*sys_vfork")
		gdb.expect(r"#0 .*sys_vfork")
		tap.equal(gdb.end(), 0)


def flash(board, machine, *words):
	"""The verb flash; returns the completed process, everything it said in stdout."""
	return subprocess.run([tap.RUN, "--board", board, "flash", *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT, encoding="utf-8", check=False, timeout=FLASH_SECONDS,
		env=dict(machine.environment(), SUBLET_NO_BUILD="1"))


def expect_failure(result, text):
	tap.true(result.returncode != 0 and text in result.stdout, f"status {result.returncode}, no {text!r} in:\n{result.stdout}")


def expect_boot(machine, result):
	"""The verb succeeded, the chip holds what its table says, and the board starts from it."""
	tap.true(result.returncode == 0, result.stdout)
	machine.console.expect(PROMPT, FLASH_SECONDS)
	machine.console.type("echo ali''ve\r")
	machine.console.expect("alive")
	with open(machine.path("flash.img"), "rb") as file:
		image = file.read()
	layout, _ = flashimage.parse_table(image)
	for part in layout.parts:
		if part.bank == 0 and part.length:
			flashimage.content_of(image, part)


def written(result):
	return re.findall(r"flash: writing (\w+)", result.stdout)


@case("openocd.verb.flash_boots_an_erased_board_and_changes_one_part", FLASHED[2:])
def _(board):
	with erased(board) as machine:
		expect_failure(flash(board, machine, "--probe", PROBE, "kernel"), "the board has no image that a part could be changed of")
		result = flash(board, machine, "--probe", PROBE)
		expect_boot(machine, result)
		tap.equal(written(result), ["loader", "kernel", "rootfs", "table"])
		result = flash(board, machine, "--probe", PROBE, "kernel")
		expect_boot(machine, result)
		tap.equal(written(result), ["kernel", "table"])


@case("openocd.verb.flash_fails_by_a_pulled_cable_and_a_wrong_bit_and_boots_then", FLASHED[:2])
def _(board):
	with erased(board, ["--cut-after", "5000", "--flip", "0x2004c044"]) as machine:
		expect_failure(flash(board, machine, "--probe", PROBE), "the connection to the probe broke while writing kernel")
		machine.port_says("the cable was pulled")
		expect_failure(flash(board, machine, "--probe", PROBE), "kernel is not what was written: diff 0 address 0x2004c044.")
		result = flash(board, machine, "--probe", PROBE)
		expect_boot(machine, result)
		tap.equal(written(result), ["kernel", "rootfs", "table"])
		result = flash(board, machine, "--probe", PROBE, "kernel")
		expect_boot(machine, result)
		tap.equal(written(result), ["kernel", "table"])


@case("openocd.verb.flash_refuses_what_cannot_be_right", FLASHED[:2])
def _(board):
	with erased(board, ["--idcode", "0x20000913"]) as machine:
		expect_failure(flash(board, machine, "--probe", PROBE), "the wrong board: IDCODE is 0x20000913")
		expect_failure(flash(board, machine), "which debug probe?")
		expect_failure(flash(board, machine, "--probe", "nowhere"), "there is no probe 'nowhere'")
		expect_failure(flash(board, machine, "--probe", PROBE, "loader"), "there is no part 'loader'")


tap.main()
