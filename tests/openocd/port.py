#!/usr/bin/python3
"""The simulated debug port: a server for OpenOCD's `remote_bitbang` adapter in front of a running QEMU.

	port.py --listen SOCKET --gdb SOCKET --qtest SOCKET --qmp SOCKET --idcode NUMBER [--other-tap NUMBER]
		[--cfi-bank ADDRESS]... [--spi ADDRESS] [--window ADDRESS=FILE]
		[--cut-after WRITES] [--flip ADDRESS]

All sockets are Unix sockets. It prints `ready` when OpenOCD may come; clients are served one after the other. The hart is
left running. Two faults, each of which happens once:

	--cut-after WRITES   the cable is pulled after so many writes to the system bus
	--flip ADDRESS       the word that is written to this address arrives with its lowest bit changed
"""

import argparse
import os
import select
import socket
import sys

from debug_module import DebugModule
from gdbstub import GdbStub, MachineGone
from hart import Hart
from jtag import Chain, DebugTap, PlainTap
from qtest import Bus, Qmp
from spi import AutoSelect, Window

# Common Flash Interface, two chips of 16 bits side by side: words of the table are 4 bytes apart.
CFI_QUERY = ((0x10 * 4, 0x00510051), (0x11 * 4, 0x00520052), (0x12 * 4, 0x00590059))
CFI_BUFFER_SIZE = 0x2A * 4
QEMU_BUFFER_SIZE, OPENOCD_BUFFER_SIZE = 0x000B000B, 0x00090009


class CableCut(Exception):
	"""The fault --cut-after."""


class SimulatedBus(Bus):
	"""The machine's bus with the faults that were asked for, and with flash chips that OpenOCD can write.

	QEMU's flash says in its CFI table that it takes 2^11 bytes at a time a chip, more than any chip of its kind, and OpenOCD 0.12 gives a
	chip the number of words in 8 bits (cfi_send_command). So what is read here as the buffer size of a bank of two chips in their query
	mode is 2^9 bytes: 256 words, the most that OpenOCD can say. Without a buffer it would write word by word, 50 times slower.
	"""

	def __init__(self, path, cut_after, flip, cfi_banks):
		super().__init__(path)
		self.spi = self.window = None
		self.cut_after = cut_after
		self.flip = flip
		self.buffer_sizes = {bank + CFI_BUFFER_SIZE: bank for bank in cfi_banks}

	def write_plainly(self, address, size, value):
		super().write(address, size, value)

	def read(self, address, size):
		if self.window and self.window.holds(address):
			self.window.refresh()
		value = super().read(address, size)
		if value == QEMU_BUFFER_SIZE and address in self.buffer_sizes and self.in_query_mode(self.buffer_sizes[address]):
			return OPENOCD_BUFFER_SIZE
		return value

	def in_query_mode(self, bank):
		return all(super(SimulatedBus, self).read(bank + offset, 4) == value for offset, value in CFI_QUERY)

	def write(self, address, size, value):
		if self.flip is not None and address == self.flip:
			self.flip = None
			value ^= 1
		if not self.spi or not self.spi.write(address, value):
			self.write_plainly(address, size, value)
		if self.cut_after is not None:
			self.cut_after -= 1
			if self.cut_after <= 0:
				self.cut_after = None
				self.flush()
				raise CableCut()


def parse_arguments():
	def number(text):
		return int(text, 0)

	parser = argparse.ArgumentParser()
	for name in ("listen", "gdb", "qtest", "qmp"):
		parser.add_argument("--" + name, required=True)
	parser.add_argument("--idcode", type=number, required=True)
	parser.add_argument("--other-tap", type=number, action="append", default=[])
	parser.add_argument("--cfi-bank", type=number, action="append", default=[])
	parser.add_argument("--spi", type=number)
	parser.add_argument("--window")
	parser.add_argument("--cut-after", type=number)
	parser.add_argument("--flip", type=number)
	return parser.parse_args()


def wait_for(source, hart):
	"""Wait until a socket has something. Meanwhile the hart may stop for spi.py's reasons, of which no debugger knows, and goes on."""
	while hart.spi and not hart.halted and source not in select.select([source, hart.stub.socket], [], [])[0]:
		hart.is_halted()


def serve(client, taps, hart):
	"""One client, until it leaves."""
	chain = Chain(taps)
	while not chain.ended:
		wait_for(client, hart)
		data = client.recv(1 << 14)
		if not data:
			return
		answers = chain.feed(data)
		if answers:
			client.sendall(answers)


def main():
	arguments = parse_arguments()
	listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
	bus = SimulatedBus(arguments.qtest, arguments.cut_after, arguments.flip, arguments.cfi_bank)
	bus.spi = AutoSelect(arguments.spi, bus) if arguments.spi else None
	if arguments.window:
		base, _, path = arguments.window.partition("=")
		bus.window = Window(int(base, 0), path, bus)
	hart = Hart(GdbStub(arguments.gdb), Qmp(arguments.qmp), bus, bus.spi, bus.window)
	hart.resume()
	taps = [DebugTap(arguments.idcode, DebugModule(hart, bus))] + [PlainTap(number) for number in arguments.other_tap]
	if os.path.exists(arguments.listen):
		os.unlink(arguments.listen)
	listener.bind(arguments.listen)
	listener.listen(1)
	print("ready", flush=True)
	while True:
		wait_for(listener, hart)
		client, _ = listener.accept()
		with client:
			try:
				serve(client, taps, hart)
			except CableCut:
				print("the cable was pulled", flush=True)
			except (ConnectionResetError, BrokenPipeError):
				print("the client has gone", flush=True)


if __name__ == "__main__":
	try:
		main()
	except (MachineGone, ConnectionError) as error:
		sys.exit(f"port.py: {error}")
