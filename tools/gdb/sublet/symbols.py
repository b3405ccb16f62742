"""Symbol files of programs, at the addresses at which they run.

Which file belongs to a process is told by its text, not by its name: the length and some samples of the bytes in memory must be those
of the file. So a program that was built anew since has no symbols rather than wrong ones, and a link to a program has its.

Text is shared by the processes of a program, data is not, and gdb takes one address of each. The process on the processor wins, or the one that
a command is about; the others' variables are seen when they are. Symbols of a program that has ended stay, with the breakpoints in it,
until another's text lies there.
"""

import os

import gdb

from . import kernel, process
from .elf import Elf, ElfError
from .kernel import Broken

SAMPLES, SAMPLE_BYTES = 4, 64
SKIPPED_FOLDERS = ("CMakeFiles", "sdk")


class SymbolPath(gdb.Parameter):
	"""Folders and files with the symbols of programs, separated by colons.
Folders are searched with all that is in them. Empty: the folder of the kernel's file."""

	set_doc = "Set where the symbol files of programs are, folders and files separated by colons."
	show_doc = "Show where the symbol files of programs are."

	def __init__(self):
		super().__init__("sublet symbol-path", gdb.COMMAND_FILES, gdb.PARAM_OPTIONAL_FILENAME)
		self.value = ""

	def get_set_string(self):
		files.forget()
		refresh.forget()
		return ""

	def get_show_string(self, value):
		return f"Symbol files of programs are searched in {':'.join(self.places()) or 'no place'}."

	def places(self):
		if self.value:
			return [os.path.expanduser(place) for place in self.value.split(":") if place]
		path = gdb.current_progspace().filename
		return [os.path.dirname(path)] if path else []


class Files:
	"""The symbol files that there are, and which of them a text belongs to."""

	def __init__(self):
		self.programs = None
		self.found = {}

	def forget(self):
		self.programs, self.found = None, {}

	def all(self):
		if self.programs is None:
			self.programs = [elf for path in self._paths() if (elf := self._open(path))]
		return self.programs

	def of_space(self, name, space):
		"""The Elf of the program in a space, or None. What was found, or not, is kept."""
		node = space["program"]
		key = tuple(int(value) for value in (space["text"], space["text_end"], node["fs"], node["id"]))
		if key not in self.found:
			self.found[key] = self._search(name, space)
		return self.found[key]

	def named(self, name):
		"""By the name of the file, with or without .elf; or any path."""
		for elf in self.all():
			if elf.stem() == name.removesuffix(".elf"):
				return elf
		try:
			return Elf(name)
		except ElfError:
			raise Broken(f"there is no symbol file {name}: see `show sublet symbol-path`") from None

	@staticmethod
	def _paths():
		for place in symbol_path.places():
			if os.path.isfile(place):
				yield os.path.abspath(place)
			for folder, folders, names in os.walk(place):
				folders[:] = sorted(set(folders).difference(SKIPPED_FOLDERS))
				yield from (os.path.abspath(os.path.join(folder, name)) for name in sorted(names) if name.endswith(".elf"))

	@staticmethod
	def _open(path):
		try:
			elf = Elf(path)
		except ElfError:
			return None
		return elf if elf.is_program() and elf.width == 8 * kernel.pointer_size() else None

	def _search(self, name, space):
		text, length = int(space["text"]), int(space["text_end"]) - int(space["text"])
		matches = [elf for elf in self.all() if elf.text_size() == length]
		# The text of a RAM image lies below its data, and is relocated: its bytes are nobody else's.
		is_image = int(space["base"]) < text < int(space["data"])
		return next((elf for elf in matches if (elf.stem() == name if is_image else self._is_in_memory(elf, text))), None)

	@staticmethod
	def _is_in_memory(elf, text):
		samples = list(elf.samples(SAMPLES, SAMPLE_BYTES))
		return samples != [] and all(kernel.read_bytes(text + offset, len(sample)) == sample for offset, sample in samples)


class Loaded:
	"""What gdb has of the programs: at most one for each address."""

	def __init__(self):
		self.programs = {} # (path, text) -> (text_end, data)

	def add(self, elf, text, data):
		"""Load the symbols, or move them to that data."""
		key = (elf.path, text)
		if self.data_of(elf, text) == data:
			return
		text_end = text + elf.text_size()
		for other, (end, _) in list(self.programs.items()):
			if other[1] < text_end and text < end:
				self.remove(other)
		sections = " ".join(f"-s {name} {address:#x}" for name, address in elf.addresses(text, data).items())
		gdb.execute(f'add-symbol-file "{elf.path}" {sections}', False, True)
		self.programs[key] = (text_end, data)

	def remove(self, key):
		del self.programs[key]
		try:
			gdb.execute(f"remove-symbol-file -a {key[1] + 1:#x}", False, True)
		except gdb.error:
			pass # the person at gdb has removed it

	def data_of(self, elf, text):
		"""Where the data is that gdb shows for the program; None when it has no symbols of it."""
		return self.programs.get((elf.path, text), (0, None))[1]


files = Files()
loaded = Loaded()
symbol_path = SymbolPath()


def elf_of(it):
	"""The symbol file of a process, or None."""
	space = it.space()
	return files.of_space(it.name, space) if space else None


def load(it):
	"""Symbols for this process, with its data."""
	space, elf = it.space(), elf_of(it)
	if elf:
		loaded.add(elf, int(space["text"]), int(space["data"]))


def load_all(processes):
	"""Symbols for every process. Variables are those of the process on the processor; in other programs they stay those of the process that had them."""
	owner = process.owner_of(kernel.current_thread())
	mapped = [(it, elf, it.space()) for it in processes if (elf := elf_of(it))]
	mapped.sort(key=lambda row: row[0].address() != owner)
	for it, elf, space in mapped:
		text = int(space["text"])
		datas = [int(other["data"]) for _, its, other in mapped if its is elf and int(other["text"]) == text]
		if it.address() == owner or loaded.data_of(elf, text) not in datas:
			load(it)


class Refresh:
	"""At each stop. The signature is what is cheap to read; when it is as it was, so are the symbols."""

	def __init__(self):
		self.signature = None
		self.complaint = None

	def at_stop(self, _event=None):
		try:
			self.run()
			self.complaint = None
		except (gdb.error, gdb.GdbError) as error:
			if str(error) != self.complaint and "not started" not in str(error):
				gdb.write(f"sublet: no symbols of programs: {error}\n", gdb.STDERR)
			self.complaint = str(error)

	def run(self):
		signature = self._read_signature()
		if signature != self.signature:
			load_all(process.all_processes())
			self.signature = signature

	@staticmethod
	def _read_signature():
		it, table = process.current(), kernel.variable("processes")
		space = it["space"] if it else 0
		return (int(table["count"]), int(table["last_pid"]), it.address() if it else 0, int(space),
			int(space["text"]) if int(space) else 0, int(space["data"]) if int(space) else 0)

	def forget(self):
		"""The next stop looks again, whatever it finds."""
		self.signature = None


refresh = Refresh()


def all_are_gone(_event):
	"""gdb reads the kernel's file anew, and has dropped those of programs."""
	loaded.programs.clear()
	files.forget()
	refresh.forget()


class FollowExec(gdb.Breakpoint):
	"""Does not stop, but loads the symbols of each program that is exec'd: loan_return is called at the end of exec, before the program's first
	instruction, so that breakpoints in it are set in time. Only adds: what gdb is looking at meanwhile stays."""

	def __init__(self):
		super().__init__("loan_return", internal=True)
		self.silent = True

	def stop(self):
		try:
			it = process.current() or process.Process(kernel.variable("process_init"))
			elf = elf_of(it)
			if elf and loaded.data_of(elf, int(it.space()["text"])) is None:
				load(it)
		except (gdb.error, gdb.GdbError) as error:
			gdb.write(f"sublet: no symbols of the new program: {error}\n", gdb.STDERR)
		return False


gdb.events.stop.connect(refresh.at_stop)
gdb.events.clear_objfiles.connect(all_are_gone)
