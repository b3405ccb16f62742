"""A client of QEMU's gdb stub: GDB's remote serial protocol as far as a debug module needs it.

Whatever is sent while the machine runs stops it, so that the caller must know whether it does: `start` lets it run, and
nothing else may follow before `stopped` or `interrupt` has brought a stop reply.
"""

import re
import select
import socket

SECONDS = 20
CHUNK = 4000
AT_EXECUTION, AT_WRITE = 1, 2


class MachineGone(Exception):
	"""The emulator has ended, or does not answer."""


class GdbStub:
	"""A connection; making it stops the machine."""

	def __init__(self, path):
		self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
		self.socket.settimeout(SECONDS)
		self.socket.connect(path)
		self.received = b""
		self.command("qSupported:multiprocess+")
		self.thread = re.search(r"thread:([^;]*)", self.command("?")).group(1)
		self.command("Hg" + self.thread)
		self.command("Hc" + self.thread)
		self.xlen, self.registers = self._describe()

	def _send(self, text):
		try:
			self.socket.sendall(b"$%s#%02x" % (text.encode(), sum(text.encode()) & 0xFF))
		except OSError as error:
			raise MachineGone("the emulator has ended") from error

	def _fill(self):
		try:
			data = self.socket.recv(65536)
		except OSError as error:
			raise MachineGone(f"the emulator does not answer: {error}") from error
		if not data:
			raise MachineGone("the emulator has ended")
		self.received += data

	def _take(self):
		"""A packet that has already come, or None."""
		packet = re.match(rb"[+]*\$([^#]*)#[0-9a-f]{2}", self.received)
		if not packet:
			return None
		self.received = self.received[packet.end():]
		self.socket.sendall(b"+")
		return packet.group(1).decode("latin-1")

	def _receive(self):
		while (packet := self._take()) is None:
			self._fill()
		return packet

	def command(self, text):
		"""Send a packet; returns the answer."""
		self._send(text)
		return self._receive()

	def start(self, text):
		"""Send a packet that lets the machine run: c or s."""
		self._send(text)

	def stopped(self):
		"""The stop reply if it has come, or None. Does not wait."""
		while select.select([self.socket], [], [], 0)[0]:
			self._fill()
		return self._take()

	def interrupt(self):
		"""Stop the running machine; returns the stop reply."""
		self.socket.sendall(b"\x03")
		return self._receive()

	def _read_feature(self, name):
		text = ""
		while True:
			part = self.command(f"qXfer:features:read:{name}:{len(text):x},{CHUNK:x}")
			text += part[1:]
			if part[0] != "m":
				return text

	def _describe(self):
		"""XLEN, and the stub's number of each register by name, from its target description."""
		target = self._read_feature("target.xml")
		registers, number = {}, 0
		for feature in re.findall(r'href="([^"]+)"', target):
			for tag in re.findall(r"<reg [^>]*>", self._read_feature(feature)):
				fixed = re.search(r'regnum="(\d+)"', tag)
				number = int(fixed.group(1)) if fixed else number
				registers[re.search(r'name="([^"]+)"', tag).group(1)] = number
				number += 1
		return int(re.search(r"riscv:rv(\d+)", target).group(1)), registers

	def read_register(self, number):
		"""The value of one register, or None if the hart has none of this number."""
		answer = self.command(f"p{number:x}")
		return None if answer[:1] == "E" or not answer else int.from_bytes(bytes.fromhex(answer), "little")

	def write_register(self, number, value, size):
		"""Write `size` bytes to a register; whether it exists."""
		return self.command(f"P{number:x}={value.to_bytes(size, 'little').hex()}") == "OK"

	def breakpoint(self, insert, kind, address):
		"""Insert or remove one of QEMU's own breakpoints, which are not in memory: AT_EXECUTION, or AT_WRITE for a watchpoint."""
		if self.command(f"{'Z' if insert else 'z'}{kind},{address:x},4") != "OK":
			raise MachineGone(f"the emulator refuses a breakpoint at {address:#x}")
