"""The Debug Module of the RISC-V debug specification 0.13 (chapter 3) for one hart.

What it has: halt, resume, step, reset of everything but itself (ndmreset), the abstract command Access Register, and access to
the system bus, 8 to XLEN bits. What it has not, and says so in its registers: a program buffer, access to memory as an abstract command,
authentication, hart arrays, hartreset and halt-on-reset (haltreq during ndmreset serves OpenOCD). Registers that it does not have read as 0.

The hart and the bus are given: see hart.py and qtest.py for what is used of them.
"""

from hart import RegisterMissing

DATA0, DATA1 = 0x04, 0x05
DMCONTROL, DMSTATUS, HARTINFO, ABSTRACTCS, COMMAND = 0x10, 0x11, 0x12, 0x16, 0x17
SBCS, SBADDRESS0, SBADDRESS1, SBDATA0, SBDATA1 = 0x38, 0x39, 0x3A, 0x3C, 0x3D
HALTSUM0 = 0x40

# dmcontrol
HALTREQ, RESUMEREQ, ACKHAVERESET, NDMRESET, DMACTIVE = 1 << 31, 1 << 30, 1 << 28, 1 << 1, 1 << 0
HARTSELLO_SHIFT, HARTSELHI_SHIFT, HARTSEL_MASK = 16, 6, 0x3FF
HARTSEL_BITS = 1  # enough to find that a second hart does not exist
# dmstatus: the bit for "any"; the one for "all" is beside it
HAVERESET, RESUMEACK, NONEXISTENT, RUNNING, HALTED = 3 << 18, 3 << 16, 3 << 14, 3 << 10, 3 << 8
AUTHENTICATED, VERSION_0_13 = 1 << 7, 2
# abstractcs
CMDERR_SHIFT, CMDERR_NOTSUP, CMDERR_EXCEPTION, CMDERR_HALTRESUME = 8, 2, 3, 4
# command
ACCESS_REGISTER, AARSIZE_32, AARSIZE_64 = 0, 2, 3
AARPOSTINCREMENT, POSTEXEC, TRANSFER, WRITE = 1 << 19, 1 << 18, 1 << 17, 1 << 16
# sbcs
SBVERSION_1, SBREADONADDR, SBAUTOINCREMENT, SBREADONDATA = 1 << 29, 1 << 20, 1 << 16, 1 << 15
SBACCESS_SHIFT, SBERROR_SHIFT, SBASIZE_SHIFT = 17, 12, 5
SBERROR_ALIGNMENT, SBERROR_SIZE = 3, 4


class DebugModule:
	"""read() and write() are what a debug transport can ask for; both are done when they return."""

	def __init__(self, hart, bus):
		self.hart = hart
		self.bus = bus
		self.reset()
		self.havereset = True
		self.reads = {
			DATA0: lambda: self.data[0], DATA1: lambda: self.data[1], DMCONTROL: self.read_dmcontrol,
			DMSTATUS: self.read_dmstatus, ABSTRACTCS: self.read_abstractcs, HALTSUM0: self.read_haltsum,
			SBCS: self.read_sbcs, SBADDRESS0: lambda: self.sbaddress & 0xFFFFFFFF, SBADDRESS1: lambda: self.sbaddress >> 32,
			SBDATA0: self.read_sbdata0, SBDATA1: lambda: self.sbdata >> 32,
		}
		self.writes = {
			DATA0: lambda value: self.set_data(0, value), DATA1: lambda value: self.set_data(1, value),
			ABSTRACTCS: self.write_abstractcs, COMMAND: self.write_command, SBCS: self.write_sbcs,
			SBADDRESS0: self.write_sbaddress0, SBADDRESS1: self.write_sbaddress1,
			SBDATA0: self.write_sbdata0, SBDATA1: self.write_sbdata1,
		}

	def reset(self):
		"""The state after dmactive was 0."""
		self.active = self.halting = self.resetting = self.resumed = False
		self.hartsel = 0
		self.data = [0, 0]
		self.cmderr = 0
		self.sbcs = 2 << SBACCESS_SHIFT
		self.sberror = 0
		self.sbaddress = self.sbdata = 0

	def read(self, address):
		return self.reads[address]() & 0xFFFFFFFF if self.active and address in self.reads else 0

	def write(self, address, value):
		if address == DMCONTROL:
			self.write_dmcontrol(value)
		elif self.active and address in self.writes:
			self.writes[address](value)

	# Run control

	def read_dmcontrol(self):
		return self.hartsel << HARTSELLO_SHIFT | (NDMRESET if self.resetting else 0) | DMACTIVE

	def write_dmcontrol(self, value):
		if not value & DMACTIVE:
			self.reset()
			return
		self.active = True
		self.hartsel = (value >> HARTSELLO_SHIFT & HARTSEL_MASK) & (1 << HARTSEL_BITS) - 1
		if self.hartsel == 0:
			self.halting = bool(value & HALTREQ)
			if value & ACKHAVERESET:
				self.havereset = False
		self.set_ndmreset(bool(value & NDMRESET))
		if self.hartsel == 0 and not self.resetting:
			self.run_control(value)

	def set_ndmreset(self, asserted):
		if asserted and not self.resetting:
			self.bus.flush()
			self.hart.reset()
			self.havereset = True
		elif self.resetting and not asserted and not self.halting:
			self.hart.resume()
		self.resetting = asserted

	def run_control(self, value):
		if self.halting:
			self.hart.halt()
		elif value & RESUMEREQ and self.hart.is_halted():
			self.bus.flush()
			self.hart.resume()
			self.resumed = True

	def read_dmstatus(self):
		status = AUTHENTICATED | VERSION_0_13
		if self.hartsel:
			return status | NONEXISTENT
		if self.hart.has_reset():
			self.havereset = True
		status |= HALTED if self.hart.is_halted() and not self.resetting else RUNNING
		return status | (HAVERESET if self.havereset else 0) | (RESUMEACK if self.resumed else 0)

	def read_haltsum(self):
		return int(self.hart.is_halted())

	# Abstract commands

	def set_data(self, index, value):
		self.data[index] = value

	def read_abstractcs(self):
		return self.cmderr << CMDERR_SHIFT | self.hart.xlen // 32

	def write_abstractcs(self, value):
		self.cmderr &= ~(value >> CMDERR_SHIFT & 7)

	def write_command(self, command):
		if self.cmderr:
			return
		size = command >> 20 & 7
		if command >> 24 != ACCESS_REGISTER or command & (AARPOSTINCREMENT | POSTEXEC):
			self.cmderr = CMDERR_NOTSUP
		elif not command & TRANSFER:
			return
		elif size not in (AARSIZE_32, AARSIZE_64) or 8 << size > self.hart.xlen:
			self.cmderr = CMDERR_NOTSUP
		elif not self.hart.is_halted():
			self.cmderr = CMDERR_HALTRESUME
		else:
			self.access_register(command & 0xFFFF, 8 << size, bool(command & WRITE))

	def access_register(self, number, bits, is_write):
		try:
			if is_write:
				value = self.data[1] << 32 | self.data[0] if bits == 64 else self.data[0]
				self.hart.write_register(number, value)
			else:
				value = self.hart.read_register(number)
				self.data[0] = value & 0xFFFFFFFF
				if bits == 64:
					self.data[1] = value >> 32
		except RegisterMissing:
			self.cmderr = CMDERR_EXCEPTION

	# System bus

	def read_sbcs(self):
		self.bus.flush()
		sizes = 0x07 if self.hart.xlen == 32 else 0x0F
		return SBVERSION_1 | self.sbcs | self.sberror << SBERROR_SHIFT | self.hart.xlen << SBASIZE_SHIFT | sizes

	def write_sbcs(self, value):
		self.sberror &= ~(value >> SBERROR_SHIFT & 7)
		self.sbcs = value & (SBREADONADDR | 7 << SBACCESS_SHIFT | SBAUTOINCREMENT | SBREADONDATA)

	def write_sbaddress0(self, value):
		self.sbaddress = self.sbaddress & ~0xFFFFFFFF | value
		if self.sbcs & SBREADONADDR:
			self.bus_read()

	def write_sbaddress1(self, value):
		if self.hart.xlen == 64:
			self.sbaddress = self.sbaddress & 0xFFFFFFFF | value << 32

	def read_sbdata0(self):
		value = self.sbdata
		if self.sbcs & SBREADONDATA:
			self.bus_read()
		return value

	def write_sbdata0(self, value):
		self.sbdata = self.sbdata & ~0xFFFFFFFF | value
		size = self.bus_access_size()
		if size:
			data = self.sbdata & (1 << 8 * size) - 1
			self.bus.write(self.sbaddress, size, data)
			self.hart.memory_written(self.sbaddress, size, data)
			self.autoincrement(size)

	def write_sbdata1(self, value):
		self.sbdata = self.sbdata & 0xFFFFFFFF | value << 32

	def bus_access_size(self):
		"""Bytes of an access with the settings as they are; 0 when it cannot be made or an error is pending."""
		if self.sberror:
			return 0
		size = 1 << (self.sbcs >> SBACCESS_SHIFT & 7)
		if 8 * size > self.hart.xlen:
			self.sberror = SBERROR_SIZE
		elif self.sbaddress % size:
			self.sberror = SBERROR_ALIGNMENT
		return 0 if self.sberror else size

	def bus_read(self):
		size = self.bus_access_size()
		if size:
			self.sbdata = self.bus.read(self.sbaddress, size)
			self.autoincrement(size)

	def autoincrement(self, size):
		if self.sbcs & SBAUTOINCREMENT:
			self.sbaddress = self.sbaddress + size & (1 << self.hart.xlen) - 1
