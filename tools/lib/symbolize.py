"""Names for the addresses in the kernel's reports about programs: "text+0x1d4" and "data+0x8" in a line that begins with
"vforksan: NAME[PID]: " get function, file and line, or the variable, from the ELF file that the SDK leaves beside each program.

A stream passes through unchanged otherwise, and at once: only what may be the beginning of such a line is held back.
"""

import bisect
import glob
import os
import re
import subprocess

MARK = b"vforksan: "
LINE_MAX = 1024
PROGRAM = re.compile(r"^vforksan: (\S+)\[\d+\]: ")
ADDRESS = re.compile(r"\b(text|data)\+0x([0-9a-f]+)")
NAME_MAX = 15 # the kernel keeps that much of a program's name
TEXT_BASE, DATA_BASE = 0x1000, 0x1000000 # tools/sdk/program.ld
TOOLS = "riscv64-unknown-elf-"


def output_of(*command):
	try:
		result = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", errors="replace")
	except (OSError, subprocess.CalledProcessError):
		return ""
	return result.stdout


class Symbols:
	"""The names of one ELF file."""

	def __init__(self, path):
		self.path = path
		self._data = None
		self._symbols = None

	def text(self, offset):
		"""Of the call before a return address."""
		lines = output_of(TOOLS + "addr2line", "-fe", self.path, "-j", ".text", hex(max(offset - 2, 0))).split("\n")
		if len(lines) < 2 or lines[0] == "??":
			return None
		place = re.sub(r" \(discriminator \d+\)", "", lines[1])
		place = os.path.basename(place)
		name = lines[0] if not lines[0].startswith(".") else self._function(offset)
		return name if "?" in place else f"{name} {place}"

	def _table(self):
		"""Address, type and name of every symbol that is no label of the compiler's, by address."""
		if self._symbols is None:
			rows = (row.split() for row in output_of(TOOLS + "nm", "-n", "--defined-only", self.path).splitlines())
			self._symbols = [(int(row[0], 16), row[1], row[2]) for row in rows if len(row) == 3 and row[2][0] not in ".$"]
		return self._symbols

	def _function(self, offset):
		names = [(address, name) for address, kind, name in self._table() if kind in "tTwW"]
		at = bisect.bisect(names, (TEXT_BASE + offset - 1, "~")) - 1
		return names[at][1] if at >= 0 else "?"

	def data(self, offset):
		if self._data is None:
			rows = (row.split() for row in output_of(TOOLS + "nm", "-nS", "--defined-only", self.path).splitlines())
			self._data = [(int(row[0], 16), int(row[1], 16), row[3]) for row in rows if len(row) == 4]
		address = DATA_BASE + offset
		at = bisect.bisect(self._data, (address, float("inf"), "")) - 1
		if at < 0 or address >= sum(self._data[at][:2]):
			return None
		start, _, name = self._data[at]
		return name if start == address else f"{name}+{address - start}"


class Programs:
	"""Which ELF file belongs to a program's name: those beside the files given to the guest, then those of the build."""

	def __init__(self, folders, files=()):
		self.paths = {}
		for folder in folders:
			for path in glob.glob(os.path.join(folder, "**/*.elf"), recursive=True):
				self._add(os.path.basename(path)[:-4], path)
		for path, name in files:
			self._add(name, path + ".elf")
		self.symbols = {}

	def _add(self, name, path):
		if os.path.isfile(path):
			self.paths[name[:NAME_MAX]] = path

	def find(self, name):
		path = self.paths.get(name)
		if path and name not in self.symbols:
			self.symbols[name] = Symbols(path)
		return self.symbols.get(name)


def line(text, programs):
	"""A line of a report with what its addresses mean."""
	program = PROGRAM.match(text)
	symbols = programs.find(program[1]) if program else None
	if not symbols:
		return text

	def explain(match):
		name = (symbols.text if match[1] == "text" else symbols.data)(int(match[2], 16))
		return f"{match[0]} ({name})" if name else match[0]

	return ADDRESS.sub(explain, text)


class Filter:
	"""Bytes of a console in, the same with names out."""

	def __init__(self, programs):
		self.programs = programs
		self.held = b""
		self.at_start = True

	def take(self, data):
		data, self.held, out = self.held + data, b"", []
		while data:
			if self.at_start and MARK.startswith(data[:len(MARK)]):
				row, end, rest = data.partition(b"\n")
				if not end and len(data) < LINE_MAX:
					self.held = data
					break
				if row.startswith(MARK):
					row = self._explain(row)
			else:
				row, end, rest = data.partition(b"\n")
			out.append(row + end)
			self.at_start = bool(end)
			data = rest
		return b"".join(out)

	def _explain(self, row):
		text = row.rstrip(b"\r")
		try:
			return line(text.decode("utf-8"), self.programs).encode() + row[len(text):]
		except UnicodeDecodeError:
			return row

	def rest(self):
		"""What was held back when the stream has ended."""
		held, self.held = self.held, b""
		return held
