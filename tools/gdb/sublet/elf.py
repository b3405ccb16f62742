"""Sections of a program's ELF file, as the linker script of the SDK lays them out: text from 4 KiB on, data from 16 MiB on."""

import os
import struct

TEXT_START, DATA_START = 0x1000, 0x1000000
SHF_WRITE, SHF_ALLOC = 1, 2
FLAT_HEADER = 64


class ElfError(Exception):
	"""The file is no ELF file, or is cut."""


class Elf:
	"""`sections`: name -> (address, offset, size, flags), those that take memory."""

	def __init__(self, path):
		self.path = path
		try:
			with open(path, "rb") as file:
				self.width = self._read(file)
		except (OSError, struct.error, ValueError) as error:
			raise ElfError(f"{path}: {error}") from error

	def _read(self, file):
		ident = file.read(16)
		if ident[:4] != b"\x7fELF" or ident[4] not in (1, 2):
			raise ValueError("it is no ELF file")
		width = 32 * ident[4]
		header = struct.unpack("<2HI3QI6H" if width == 64 else "<2H5I6H", file.read(48 if width == 64 else 36))
		start, size, count, names = header[5], header[10], header[11], header[12]
		file.seek(start)
		rows = [struct.unpack("<2I4Q2I2Q" if width == 64 else "<10I", file.read(size)) for _ in range(count)]
		file.seek(rows[names][4] if rows else 0)
		strings = file.read(rows[names][5] if rows else 0)
		self.sections = {self._name(strings, row[0]): (row[3], row[4], row[5], row[2])
			for row in rows if row[2] & SHF_ALLOC and row[5]}
		return width

	@staticmethod
	def _name(strings, offset):
		return strings[offset:strings.index(b"\0", offset)].decode("utf-8", "replace")

	def stem(self):
		"""The program's name."""
		return os.path.basename(self.path).removesuffix(".elf")

	def _text(self):
		return [(address, size) for address, _, size, kind in self.sections.values() if not kind & SHF_WRITE]

	def _data(self):
		return [(address, size) for address, _, size, kind in self.sections.values() if kind & SHF_WRITE]

	def is_program(self):
		return ".text" in self.sections and self.text_start() == TEXT_START

	def text_start(self):
		return min(address for address, _ in self._text()) & ~15

	def text_size(self):
		"""As elf2bflt has it: at least one byte more than there is, to a multiple of 16."""
		end = max(address + size for address, size in self._text())
		return (end - self.text_start() + 16) & ~15

	def addresses(self, text, data):
		"""name -> run-time address, of a program with its text and data there."""
		return {name: address - DATA_START + data if kind & SHF_WRITE else address - self.text_start() + text
			for name, (address, _, _, kind) in self.sections.items()}

	def samples(self, count, size):
		"""(offset in the text, bytes) of a few places spread over it, out of the flat binary beside the file: elf2bflt changes instructions. Nothing
		without a flat binary of that length."""
		length = self.text_size()
		try:
			with open(self.path.removesuffix(".elf"), "rb") as file:
				flat = file.read(FLAT_HEADER + length)
		except OSError:
			return
		if flat[:4] != b"bFLT" or int.from_bytes(flat[12:16], "big") != FLAT_HEADER + length:
			return
		for place in sorted({max(0, (length - size) * i // max(1, count - 1)) for i in range(count)}):
			yield place, flat[FLAT_HEADER + place:][:size]
