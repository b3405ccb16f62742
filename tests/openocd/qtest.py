"""Physical memory and devices of the emulated machine through QEMU's qtest socket, and its resets through QMP.

The gdb stub sees memory as the hart does, and no device registers; qtest makes accesses on the bus, as a debug module's
system bus access does. Writes are collected and sent together, in order; `flush`, and every read, waits until they are done.
"""

import base64
import json
import select
import socket

SECONDS = 20
LETTERS = {1: "b", 2: "w", 4: "l", 8: "q"}
COLLECT = 400


class LineSocket:
	"""A Unix socket of text lines."""

	def __init__(self, path):
		self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
		self.socket.settimeout(SECONDS)
		self.socket.connect(path)
		self.received = b""

	def send(self, text):
		self.socket.sendall(text.encode())

	def line(self):
		while b"\n" not in self.received:
			data = self.socket.recv(65536)
			if not data:
				raise ConnectionError("the emulator has ended")
			self.received += data
		line, _, self.received = self.received.partition(b"\n")
		return line.decode()

	def has_line(self):
		return b"\n" in self.received or bool(select.select([self.socket], [], [], 0)[0])


class Bus:
	"""Accesses of 1, 2, 4 or 8 bytes. Where nothing answers QEMU reads 0 and takes writes: no error can be seen here."""

	def __init__(self, path):
		self.lines = LineSocket(path)
		self.pending = []

	def write(self, address, size, value):
		self.pending.append(f"write{LETTERS[size]} {address:#x} {value:#x}\n")
		if len(self.pending) >= COLLECT:
			self.flush()

	def write_block(self, address, content):
		"""Many bytes at once: for memory, not for devices."""
		self.pending.append(f"b64write {address:#x} {len(content):#x} {base64.b64encode(content).decode()}\n")
		self.flush()

	def flush(self):
		pending, self.pending = self.pending, []
		if pending:
			self.lines.send("".join(pending))
		for _ in pending:
			self.answer()

	def read(self, address, size):
		self.flush()
		self.lines.send(f"read{LETTERS[size]} {address:#x}\n")
		return int(self.answer(), 16)

	def answer(self):
		answer = self.lines.line()
		if not answer.startswith("OK"):
			raise ConnectionError(f"qtest says {answer!r}")
		return answer[3:]


class Qmp:
	"""QEMU's monitor, for resets."""

	def __init__(self, path):
		self.lines = LineSocket(path)
		self.lines.line()
		self.reset_seen = False
		self.execute("qmp_capabilities")

	def execute(self, command):
		self.lines.send(json.dumps({"execute": command}))
		while "return" not in (message := self.message()):
			if "error" in message:
				raise ConnectionError(f"QMP says {message['error']}")

	def message(self):
		message = json.loads(self.lines.line())
		if message.get("event") == "RESET":
			self.reset_seen = True
		return message

	def reset(self):
		"""Reset the stopped machine; done when this returns."""
		self.was_reset()
		self.execute("system_reset")
		while not self.reset_seen:
			self.message()
		self.reset_seen = False

	def was_reset(self):
		while self.lines.has_line():
			self.message()
		seen, self.reset_seen = self.reset_seen, False
		return seen
