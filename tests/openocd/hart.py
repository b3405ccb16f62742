"""One hart of the emulated machine, as a debug module has it: registers by their abstract numbers, run control, debug CSRs.

Registers and run control are those of QEMU's gdb stub. The CSRs that exist only for debuggers are kept here, because the
stub does not know them or gives them another meaning:

  dcsr, dpc      cause of the last halt, the step bit, ebreak bits; prv is the stub's register `priv`, dpc its pc
  tselect,       four triggers of type mcontrol that match the address of an instruction; an enabled one is a
  tdata1..3,     breakpoint of QEMU's while the hart runs. Triggers on loads and stores are not offered: QEMU halts after
  tinfo          the access, and this debug module would have to say before.

QEMU takes an `ebreak` to the trap handler and knows nothing of dcsr.ebreakm. Those that a debugger puts into memory, for
a software breakpoint or at the end of an algorithm, are seen on their way through the system bus, and become breakpoints of
QEMU's as long as they stand in memory. An ebreak that was compiled into the program goes to its trap handler.

With dcsr.stepie clear interrupts do not come between steps, which is what QEMU's stub does; stepie cannot be set.

A hart that QEMU has put to sleep in `wfi` stays asleep whatever a debugger does to its pc, where hardware ends the wfi at the
halt. Such a hart is woken when it is resumed, by a pending interrupt that is there for one step (which ignores interrupts) only.
A step onto a wfi passes it, as the specification wants (section 4.4.1).
"""

import re

from gdbstub import AT_EXECUTION, AT_WRITE

MISA, DCSR, DPC = 0x301, 0x7B0, 0x7B1
TSELECT, TDATA1, TDATA2, TDATA3, TINFO = 0x7A0, 0x7A1, 0x7A2, 0x7A3, 0x7A4
GPR, FPR = 0x1000, 0x1020
PC_NUMBER, FPR_NUMBER = 32, 33
MSTATUS, MIE, MIP = 0x300, 0x304, 0x344
SSIP = 1 << 1
WFI = 0x10500073

XDEBUGVER, EBREAKS, STEP, PRV = 4 << 28, 1 << 15 | 1 << 13 | 1 << 12, 1 << 2, 3
CAUSE_SHIFT, CAUSE_EBREAK, CAUSE_TRIGGER, CAUSE_HALTREQ, CAUSE_STEP = 6, 1, 2, 3, 4

TRIGGER_COUNT = 4
TYPE_MCONTROL, ACTION_DEBUG, MODES, EXECUTE = 2, 1 << 12, 1 << 6 | 1 << 4 | 1 << 3, 1 << 2

C_EBREAK, EBREAK_LOW, EBREAK_HIGH = 0x9002, 0x0073, 0x0010


class RegisterMissing(Exception):
	"""The hart has no register of this number."""


class Triggers:
	"""The trigger module (chapter 5 of the specification)."""

	def __init__(self, xlen):
		self.xlen = xlen
		self.select = 0
		self.control = [0] * TRIGGER_COUNT
		self.address = [0] * TRIGGER_COUNT

	def read(self, number):
		if number == TSELECT:
			return self.select
		if number == TDATA1:
			return TYPE_MCONTROL << self.xlen - 4 | self.control[self.select]
		if number == TDATA2:
			return self.address[self.select]
		return 1 << TYPE_MCONTROL if number == TINFO else 0

	def write(self, number, value):
		if number == TSELECT and value < TRIGGER_COUNT:
			self.select = value
		elif number == TDATA1:
			dmode = 1 << self.xlen - 5
			self.control[self.select] = value & (dmode | ACTION_DEBUG | MODES | EXECUTE)
		elif number == TDATA2:
			self.address[self.select] = value

	def armed(self):
		"""Addresses at which the hart halts."""
		return {address for control, address in zip(self.control, self.address)
			if control & EXECUTE and control & ACTION_DEBUG and control & MODES}


class Ebreaks:
	"""Where a debugger has written ebreak instructions; halfwords, since an access may bring half of one."""

	def __init__(self):
		self.halfwords = {}

	def written(self, address, size, data):
		for offset in range(0, size, 2):
			half = data >> 8 * offset & 0xFFFF
			if half in (C_EBREAK, EBREAK_LOW, EBREAK_HIGH):
				self.halfwords[address + offset] = half
			else:
				self.halfwords.pop(address + offset, None)

	def armed(self, bus):
		"""Addresses of those that are still there: memory may have changed by other ways since."""
		self.halfwords = {address: half for address, half in self.halfwords.items() if bus.read(address, 2) == half}
		return {address for address, half in self.halfwords.items() if half == C_EBREAK
			or half == EBREAK_LOW and self.halfwords.get(address + 2) == EBREAK_HIGH}


class Hart:
	"""The hart behind a gdb stub, with a QMP connection for resets, a bus to see memory, and spi.py's AutoSelect and Window, where there are any."""

	def __init__(self, stub, qmp, bus, spi=None, window=None):
		self.stub = stub
		self.qmp = qmp
		self.bus = bus
		self.spi = spi
		self.window = window
		self.watched = set()
		self.xlen = stub.xlen
		self.csr_base = stub.registers["mstatus"] - MSTATUS
		self.halted = True
		self.inserted = set()
		self.ebreaks = Ebreaks()
		self.forget()

	def forget(self):
		"""The debug CSRs after a reset."""
		self.triggers = Triggers(self.xlen)
		self.dcsr = XDEBUGVER
		self.cause = CAUSE_HALTREQ
		self.stepping_from = None
		self.asleep = False

	# Run control

	def is_halted(self):
		if not self.halted and (reply := self.stub.stopped()):
			if self.watch_handled(reply) and self.stepping_from is None:
				self.set_watchpoints()
				self.stub.start("c")
			else:
				self.stop_seen(False)
		return self.halted

	def watch_handled(self, reply):
		"""Whether the hart stopped for our own sake. If so, what was to be done is done."""
		watch = re.search(r"watch:([0-9a-f]+)", reply)
		if watch:
			self.spi.store(self, int(watch.group(1), 16))
		return bool(watch)

	def halt(self):
		if not self.is_halted():
			self.bus.flush()
			self.watch_handled(self.stub.interrupt())
			self.stop_seen(True)

	def stop_seen(self, asked):
		"""A stop reply has come: find the cause. A halt that was asked for may have met with another."""
		self.halted = True
		pc = self.pc()
		self.asleep = self.bus.read(pc - 4, 4) == WFI
		moved = self.stepping_from is not None and pc != self.stepping_from
		if pc in self.triggers.armed() and not moved:
			self.cause = CAUSE_TRIGGER
		elif pc in self.inserted and not moved:
			self.cause = CAUSE_EBREAK
		elif self.stepping_from is not None and not (asked and not moved):
			self.cause = CAUSE_STEP
		else:
			self.cause = CAUSE_HALTREQ
		self.stepping_from = None

	def resume(self):
		"""Let the halted hart run, or make one step when dcsr says so."""
		if self.spi:
			self.spi.forget_code()
		if self.window:
			self.window.refresh()
		self.set_breakpoints()
		before = self.pc()
		if self.dcsr & STEP:
			self.step(before)
			return
		if self.asleep:
			self.wake()
			if self.pc() == before:
				self.stop_seen(False)
				return
		self.halted = False
		self.stub.start("c")

	def step(self, before):
		self.stepping_from = before
		if self.bus.read(before, 4) == WFI:
			self.set_pc(before + 4)
			self.stop_seen(False)
		elif self.asleep:
			self.wake()
			self.stop_seen(False)
		else:
			self.halted = False
			self.stub.start("s")

	def wake(self):
		"""Make one step of a hart that sleeps in wfi."""
		saved = [(number, self.read_register(number)) for number in (MIE, MIP)]
		for number, value in saved:
			self.write_register(number, value | SSIP)
		self.stub.command("s")
		for number, value in saved:
			self.write_register(number, value)

	def pc(self):
		return self.stub.read_register(PC_NUMBER)

	def set_pc(self, address):
		self.stub.write_register(PC_NUMBER, address, self.xlen // 8)

	def set_breakpoints(self):
		wanted = self.triggers.armed()
		if self.dcsr & EBREAKS:
			wanted |= self.ebreaks.armed(self.bus)
		for address in self.inserted - wanted:
			self.stub.breakpoint(False, AT_EXECUTION, address)
		for address in wanted - self.inserted:
			self.stub.breakpoint(True, AT_EXECUTION, address)
		self.inserted = wanted
		self.set_watchpoints()

	def set_watchpoints(self):
		wanted = self.spi.watched() if self.spi else set()
		for address in self.watched - wanted:
			self.stub.breakpoint(False, AT_WRITE, address)
		for address in wanted - self.watched:
			self.stub.breakpoint(True, AT_WRITE, address)
		self.watched = wanted

	def reset(self):
		"""Reset the machine; the hart is halted at its reset address."""
		self.halt()
		self.qmp.reset()
		if self.spi:
			self.spi.reset()
		self.forget()

	def has_reset(self):
		"""Whether the machine was reset by itself since this was asked last."""
		return self.qmp.was_reset()

	def memory_written(self, address, size, data):
		if size > 1:
			self.ebreaks.written(address, size, data)

	# Registers

	def read_register(self, number):
		"""By the number of the abstract command; RegisterMissing. The hart is halted."""
		if number == DCSR:
			return self.dcsr | self.cause << CAUSE_SHIFT | self.stub.read_register(self.stub.registers["priv"]) & PRV
		if TSELECT <= number <= TINFO:
			return self.triggers.read(number)
		value = self.stub.read_register(self.stub_number(number))
		if value is None:
			raise RegisterMissing(number)
		return value

	def write_register(self, number, value):
		"""By the number of the abstract command; RegisterMissing. The hart is halted."""
		if number == DCSR:
			self.dcsr = XDEBUGVER | value & (EBREAKS | STEP)
			self.stub.write_register(self.stub.registers["priv"], value & PRV, self.xlen // 8)
		elif TSELECT <= number <= TINFO:
			self.triggers.write(number, value)
		elif not self.stub.write_register(self.stub_number(number), value, self.xlen // 8):
			raise RegisterMissing(number)

	def stub_number(self, number):
		if number == DPC:
			return PC_NUMBER
		if GPR <= number < FPR:
			return number - GPR
		if FPR <= number < FPR + 32 and "ft0" in self.stub.registers:
			return FPR_NUMBER + number - FPR
		if number < GPR and not DPC <= number <= 0x7BF:
			return self.csr_base + number
		raise RegisterMissing(number)
