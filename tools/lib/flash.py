"""Write what is built into a board's flash, through OpenOCD. Started by tools/run.

Everything is written, or only the parts that are named. The part that a reset leads to is erased first and written last: the
layout table, or the kernel where there is none. So a board whose flashing was cut short does not start into half an image, and a second try finds nothing that
is in its way. A single part changes the table too: the one that is in the board is read and gets the part's new line.
"""

import argparse
import os
import sys
import tempfile

import flashimage
import openocd
import run

# Flash chips take whole buffers quickest; no buffer is larger than this.
WRITE_GRAIN = 1024
FILES = {"loader": "loader.elf", "kernel": "sublet.elf", "rootfs": "rootfs.img"}


class Piece:
	"""Bytes for the flash, and how much is erased for them."""

	def __init__(self, name, address, room, content):
		self.name, self.address, self.room = name, address, room
		self.content = content + flashimage.ERASED * (-len(content) % WRITE_GRAIN)

	def save(self, folder):
		"""The piece in the words of sublet.tcl."""
		path = os.path.join(folder, self.name + ".part")
		with open(path, "wb") as file:
			file.write(self.content)
		return f"{{{self.name} {self.address:#x} {self.room:#x} {{{path}}}}}"


def read_file(path):
	try:
		with open(path, "rb") as file:
			return file.read()
	except FileNotFoundError:
		run.fail(f"not built: {path}")


def blocks(length, erase):
	return -(-length // erase) * erase


def choose(names, wanted):
	unknown = [name for name in wanted if name not in names]
	if unknown:
		run.fail(f"flash: there is no part '{unknown[0]}'; parts: {' '.join(names)}", 2)
	return [name for name in names if not wanted or name in wanted]


class TablePlan:
	"""A board whose flash begins with a layout table."""

	def __init__(self, arguments, config):
		layout = flashimage.parse_layout(config["layout"])
		self.base = layout.base
		files = {part.name: os.path.join(arguments.build, FILES[part.name]) for part in layout.parts if part.name in FILES}
		self.image = flashimage.make(config["layout"], config["release"], files)
		self.layout, self.release = flashimage.parse_table(self.image)
		self.names = [part.name for part in self.layout.parts if part.bank == 0 and part.length]
		self.table_size = flashimage.HEADER.size + len(self.layout.parts) * flashimage.ROW.size

	def table(self, wanted, on_board):
		"""The table for the board: the new one, or with some parts only the board's own with their new lines."""
		if not wanted:
			return self.image[:self.table_size]
		try:
			layout, _ = flashimage.parse_table(on_board)
		except flashimage.ImageError as error:
			run.fail(f"flash: the board has no image that a part could be changed of ({error}): write all of it")
		if [part.geometry() for part in layout.parts] != [part.geometry() for part in self.layout.parts]:
			run.fail("flash: the board's image has another layout: write all of it")
		fresh = {part.name: part for part in self.layout.parts}
		layout.parts = [fresh[part.name] if part.name in wanted else part for part in layout.parts]
		return flashimage.pack_table(layout, self.release)

	def pieces(self, wanted, on_board):
		erase = self.layout.erase
		pieces = [Piece("table", self.base, erase, self.table(wanted, on_board))]
		for name in choose(self.names, wanted):
			part = self.layout.part(name)
			pieces.append(Piece(name, self.base + part.offset, blocks(part.length, erase), flashimage.content_of(self.image, part)))
		return pieces


class PlainPlan:
	"""A board whose kernel and root file system have fixed addresses."""

	table_size = 0
	names = ["kernel", "rootfs"]

	def __init__(self, arguments, config):
		kernel, address = flashimage.read_elf("sublet.elf", read_file(os.path.join(arguments.build, FILES["kernel"])))
		rootfs = read_file(os.path.join(arguments.build, FILES["rootfs"]))
		self.contents = {"kernel": (address, kernel), "rootfs": (int(config["rootfs_address"], 0), rootfs)}

	def pieces(self, wanted, _on_board):
		chosen = [(name, *self.contents[name]) for name in choose(self.names, wanted)]
		return [Piece(name, address, len(content), content) for name, address, content in chosen]


def make_plan(arguments, config):
	if config["layout"]:
		return TablePlan(arguments, config)
	if config["rootfs_address"]:
		return PlainPlan(arguments, config)
	return run.fail(f"flash: board {arguments.board} has nothing in flash")


def flash(arguments, plan, folder):
	def say(text):
		run.say("flash: " + text)

	on_board = b""
	if arguments.part and plan.table_size:
		path = os.path.join(folder, "table")
		openocd.run(arguments.board, arguments.probe, f"sublet_read {plan.base:#x} {plan.table_size} {{{path}}}", say)
		on_board = read_file(path)
	pieces = plan.pieces(arguments.part, on_board)
	openocd.run(arguments.board, arguments.probe, f"sublet_flash {{{' '.join(piece.save(folder) for piece in pieces)}}}", say)


def parse_arguments():
	parser = argparse.ArgumentParser(prog="flash.py")
	parser.add_argument("--build", required=True)
	parser.add_argument("--lock", type=int)
	parser.add_argument("--board", required=True)
	parser.add_argument("--probe", default=os.environ.get("SUBLET_PROBE"))
	parser.add_argument("--part", action="append", default=[])
	return parser.parse_args()


def main():
	arguments = parse_arguments()
	if not arguments.probe:
		run.fail(f"flash: which debug probe? --probe {' | '.join(openocd.probe_names())} | FILE", 2)
	plan = make_plan(arguments, run.read_config(arguments.build))
	choose(plan.names, arguments.part)
	if arguments.lock is not None:
		os.close(arguments.lock)
	with tempfile.TemporaryDirectory(prefix="sublet-flash-") as folder:
		flash(arguments, plan, folder)


if __name__ == "__main__":
	try:
		main()
	except (flashimage.ImageError, openocd.OpenocdError) as error:
		print(f"tools/run: flash: {error}", file=sys.stderr)
		sys.exit(1)
