"""What QEMU 7.2 lacks of SiFive's SPI controller: the window that shows the flash in memory, and the chip select of SiFive's SPI controller in its mode AUTO.

A controller in AUTO selects the chip for each frame; QEMU's leaves it unselected, and the flash never hears the commands of one byte that OpenOCD's fespi
driver sends in this way, among them Write Enable. Here such a frame is sent with the chip selected by hand (mode HOLD) instead, whoever writes it:

  the debugger   its write to txdata comes through the bus, see AutoSelect.write
  the hart       in OpenOCD's algorithm: QEMU's watchpoints stop it before a write to txdata in AUTO, and to csmode; the
                 write is made in its place, it goes on behind it, and no debugger sees that
"""

import os

CSMODE, TXDATA = 0x18, 0x48
AUTO, HOLD = 0, 2
STORE, STORE_WORD, COMPRESSED_STORE_WORD = 0x23, 2, 6
GPR = 0x1000


class AutoSelect:
	"""The controller at `base`; `bus` writes without a detour. All writes to csmode are seen here, so that it is known."""

	def __init__(self, base, bus):
		self.base = base
		self.bus = bus
		self.reset()

	def reset(self):
		self.is_auto = True
		self.decoded = {}

	def write(self, address, value):
		"""A write by the debugger or by the hart, to any address; whether it is done here."""
		if address == self.base + CSMODE:
			self.is_auto = value & 3 == AUTO
		if address != self.base + TXDATA or not self.is_auto:
			return False
		self.bus.write_plainly(self.base + CSMODE, 4, HOLD)
		self.bus.write_plainly(self.base + TXDATA, 4, value)
		self.bus.write_plainly(self.base + CSMODE, 4, AUTO)
		return True

	def watched(self):
		"""Where the hart's writes have to stop it now."""
		return {self.base + CSMODE} | ({self.base + TXDATA} if self.is_auto else set())

	def forget_code(self):
		"""The debugger lets the hart run: what it has written may be another program."""
		self.decoded = {}

	def store(self, hart, address):
		"""The hart stopped in front of a store to a watched register: make it in its place, and let it go on behind it."""
		pc = hart.pc()
		if pc not in self.decoded:
			self.decoded[pc] = decode_store(hart, pc, address)
		source, length = self.decoded[pc]
		value = hart.read_register(GPR + source) & 0xFFFFFFFF
		if not self.write(address, value):
			self.bus.write_plainly(address, 4, value)
		self.bus.flush()
		hart.set_pc(pc + length)


def decode_store(hart, pc, address):
	"""The register that the instruction at the pc stores, and its length: sw, or its short form."""
	word = hart.bus.read(pc, 4)
	if word & 0x7F == STORE and word >> 12 & 7 == STORE_WORD:
		length, base, source = 4, word >> 15 & 31, word >> 20 & 31
		offset = (word >> 25 << 5 | word >> 7 & 31) - (word >> 31 << 12)
	elif word & 3 == 0 and word >> 13 & 7 == COMPRESSED_STORE_WORD:
		length, base, source = 2, 8 + (word >> 7 & 7), 8 + (word >> 2 & 7)
		offset = (word >> 10 & 7) << 3 | (word >> 6 & 1) << 2 | (word >> 5 & 1) << 6
	else:
		raise RuntimeError(f"{pc:#x}: {word:#x} is no store of a word")
	if hart.read_register(GPR + base) + offset != address:
		raise RuntimeError(f"{pc:#x}: {word:#x} does not store at {address:#x}")
	return source, length


class Window:
	"""The memory at `base` shows the chip whose content QEMU keeps in a file; in QEMU it is plain RAM. refresh() makes it so."""

	GRAIN = 1 << 16

	def __init__(self, base, path, bus):
		self.base, self.path, self.bus = base, path, bus
		self.changed = None
		self.shown = {}

	def holds(self, address):
		return self.base <= address < self.base + os.path.getsize(self.path)

	def refresh(self):
		changed = os.stat(self.path).st_mtime_ns
		if changed == self.changed:
			return
		self.changed = changed
		with open(self.path, "rb") as file:
			for offset in range(0, os.path.getsize(self.path), self.GRAIN):
				content = file.read(self.GRAIN)
				if content != self.shown.get(offset, bytes(self.GRAIN)):
					self.bus.write_block(self.base + offset, content)
					self.shown[offset] = content
