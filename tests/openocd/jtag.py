"""The JTAG end of the simulated debug port: OpenOCD's `remote_bitbang` protocol and a chain of TAPs.

A client sends one character for each state of the wires: '0' to '7' are TCK, TMS and TDI (4, 2, 1), 'R' asks for TDO, 'r' to
'u' are TRST (2) and SRST (1), 'Q' ends. The TAP controller is that of IEEE 1149.1: TMS is taken at the rising edge of TCK; data is
captured on entering Capture, moves at each rising edge in Shift, and is handed over on entering Update.

All TAPs of a chain share one controller, so that their registers are one long register in between: the first TAP is the one
nearest to TDO, as in OpenOCD's `jtag newtap`, and has the low bits.

A scan of some forty bits is one step here, not forty: a stretch of clocks with TMS low is taken at once by a regular expression.
"""

import re

# Next state for TMS low and high.
STATES = {
	"Test-Logic-Reset": ("Run-Test/Idle", "Test-Logic-Reset"),
	"Run-Test/Idle": ("Run-Test/Idle", "Select-DR"),
	"Select-DR": ("Capture-DR", "Select-IR"),
	"Capture-DR": ("Shift-DR", "Exit1-DR"),
	"Shift-DR": ("Shift-DR", "Exit1-DR"),
	"Exit1-DR": ("Pause-DR", "Update-DR"),
	"Pause-DR": ("Pause-DR", "Exit2-DR"),
	"Exit2-DR": ("Shift-DR", "Update-DR"),
	"Update-DR": ("Run-Test/Idle", "Select-DR"),
	"Select-IR": ("Capture-IR", "Test-Logic-Reset"),
	"Capture-IR": ("Shift-IR", "Exit1-IR"),
	"Shift-IR": ("Shift-IR", "Exit1-IR"),
	"Exit1-IR": ("Pause-IR", "Update-IR"),
	"Pause-IR": ("Pause-IR", "Exit2-IR"),
	"Exit2-IR": ("Shift-IR", "Update-IR"),
	"Update-IR": ("Run-Test/Idle", "Select-DR"),
}
STEADY = {"Run-Test/Idle", "Shift-DR", "Shift-IR", "Pause-DR", "Pause-IR"}
LOW_TMS = re.compile(rb"(?:[01]R?[45])+")
TO_BINARY = bytes.maketrans(b"45", b"01")

IR_LENGTH = 5
IDCODE, DTMCS, DMI, BYPASS = 0x01, 0x10, 0x11, 0x1F
IR_CAPTURE = 0x01  # the two low bits are fixed by IEEE 1149.1
DTMCS_VERSION_0_13 = 1
DTMCS_DMIHARDRESET = 1 << 17
ABITS = 7
OP_READ, OP_WRITE = 1, 2


class PlainTap:
	"""A TAP of which only IDCODE and BYPASS are known."""

	def __init__(self, idcode):
		self.idcode = idcode
		self.instruction = IDCODE

	def reset(self):
		self.instruction = IDCODE

	def capture(self):
		"""The data register that the instruction selects: its length in bits and what is shifted out of it."""
		return (32, self.idcode) if self.instruction == IDCODE else (1, 0)

	def update(self, value):
		"""What was shifted into that register."""


class DebugTap(PlainTap):
	"""The debug transport of the RISC-V debug specification 0.13, chapter 6, in front of a debug module."""

	def __init__(self, idcode, module):
		super().__init__(idcode)
		self.module = module
		self.answer = 0

	def capture(self):
		if self.instruction == DTMCS:
			return 32, ABITS << 4 | DTMCS_VERSION_0_13
		if self.instruction == DMI:
			return ABITS + 34, self.answer
		return super().capture()

	def update(self, value):
		if self.instruction == DTMCS and value & DTMCS_DMIHARDRESET:
			self.answer = 0
		elif self.instruction == DMI:
			self.access(value >> 34, value >> 2 & 0xFFFFFFFF, value & 3)

	def access(self, address, data, operation):
		"""One access to the module; it is over before the next scan, so that neither busy nor failure exist."""
		if operation == OP_READ:
			data = self.module.read(address)
		elif operation == OP_WRITE:
			self.module.write(address, data)
		self.answer = address << 34 | data << 2


class Chain:
	"""The TAP controller, and the wires as a client sees them."""

	def __init__(self, taps):
		self.taps = taps
		self.state = "Test-Logic-Reset"
		self.clock_level = 0
		self.register = 0
		self.lengths = [1] * len(taps)
		self.system_reset = 0
		self.ended = False

	def feed(self, data):
		"""Take characters of the protocol; returns the answers to the 'R' among them."""
		answers = []
		position = 0
		while position < len(data) and not self.ended:
			stretch = LOW_TMS.match(data, position) if self.state in STEADY else None
			if stretch:
				self._clocks(stretch.group(), answers)
				position = stretch.end()
			else:
				self._character(data[position], answers)
				position += 1
		return b"".join(answers)

	def _clocks(self, text, answers):
		"""Whole clocks with TMS low in a state that they do not leave."""
		self.clock_level = 1
		asked = text.count(b"R")
		if not self.state.startswith("Shift"):
			answers.append(b"1" * asked)
			return
		levels = text.translate(None, b"01R")
		if asked == len(levels):
			answers.append(self._shift(levels))
		elif not asked:
			self._shift(levels)
		else:
			for read, level in re.findall(rb"[01](R?)([45])", text):
				bit = self._shift(level)
				answers.append(bit if read else b"")

	def _shift(self, levels):
		"""Clock bits in, given as 4 and 5; returns those that come out, as 0 and 1."""
		size, count = sum(self.lengths), len(levels)
		long_register = self.register | int(levels[::-1].translate(TO_BINARY), 2) << size
		self.register = long_register >> count
		return bin(long_register & (1 << count) - 1 | 1 << count)[:2:-1].encode()

	def _tdo(self):
		return b"0" if self.state.startswith("Shift") and not self.register & 1 else b"1"

	def _character(self, character, answers):
		if 0x30 <= character <= 0x37:
			level, tms, tdi = character >> 2 & 1, character >> 1 & 1, character & 1
			if level and not self.clock_level:
				self._rising_edge(tms, tdi)
			self.clock_level = level
		elif character == ord("R"):
			answers.append(self._tdo())
		elif ord("r") <= character <= ord("u"):
			self.system_reset = character - ord("r") & 1
			if character - ord("r") & 2:
				self._enter("Test-Logic-Reset")
		elif character == ord("Q"):
			self.ended = True

	def _rising_edge(self, tms, tdi):
		if self.state.startswith("Shift"):
			self._shift(b"5" if tdi else b"4")
		self._enter(STATES[self.state][tms])

	def _enter(self, state):
		self.state = state
		if state == "Test-Logic-Reset":
			for tap in self.taps:
				tap.reset()
		elif state == "Capture-DR":
			self._capture([tap.capture() for tap in self.taps])
		elif state == "Capture-IR":
			self._capture([(IR_LENGTH, IR_CAPTURE)] * len(self.taps))
		elif state == "Update-DR":
			for tap, value in self._parts():
				tap.update(value)
		elif state == "Update-IR":
			for tap, value in self._parts():
				tap.instruction = value

	def _capture(self, registers):
		self.lengths = [length for length, _ in registers]
		self.register = 0
		for length, value in reversed(registers):
			self.register = self.register << length | value

	def _parts(self):
		rest = self.register
		for tap, length in zip(self.taps, self.lengths):
			yield tap, rest & (1 << length) - 1
			rest >>= length
