"""What a person types; each command is a class whose text is its help."""

import gdb

from . import kernel, process, symbols, unwind
from .kernel import Broken


class Command(gdb.Command):
	"""One below `sublet`; `run` gets the words that were typed."""

	words = (0, 0) # how many it takes

	def __init__(self, name):
		super().__init__("sublet " + name, gdb.COMMAND_STATUS)
		self.name = name

	def invoke(self, argument, from_tty): # pylint: disable=unused-argument
		words = gdb.string_to_argv(argument)
		low, high = self.words
		if not low <= len(words) <= high:
			raise Broken(self.__doc__.strip().splitlines()[-1])
		try:
			self.run(*words)
		except gdb.MemoryError as error:
			raise Broken(f"sublet {self.name}: {error}: the kernel has not started yet, or its memory is overwritten") from None
		except gdb.error as error:
			raise Broken(f"sublet {self.name}: {error}") from None


def say(text):
	gdb.write(text + "\n")


class Ps(Command):
	"""List the processes. * is on the processor; S as in /proc (R S D T Z), L: dead, but its loan is still out.
Usage: sublet ps"""

	def run(self):
		processes = process.all_processes()
		width = 2 * kernel.pointer_size()
		say(f"  PID  PPID S THR PRI {'TEXT':{width}} {'DATA':{width}} {'PC':{width}} COMMAND")
		for it in processes:
			say(self.row(it, width))

	@staticmethod
	def row(it, width):
		parent, space, threads = it.parent(), it.space(), it.threads()
		text, data = (kernel.address_text(space[name]) for name in ("text", "data")) if space else ("-", "-")
		pc = kernel.address_text(threads[0].user_pc()) if threads else "-"
		priority = max((int(thread["prio"]) for thread in threads), default=0)
		return (f"{'*' if it.is_current() else ' '}{it.pid:4} {parent.pid if parent else 0:5} {it.letter()} {len(threads):3} {priority:3} "
			f"{text:{width}} {data:{width}} {pc:{width}} {it.name}")


class Maps(Command):
	"""Show the memory of a process, and the file with its symbols.
Usage: sublet maps PID"""

	words = (1, 1)

	def run(self, pid): # pylint: disable=arguments-differ
		it = process.find(pid)
		space = it.space()
		if not space:
			raise Broken(f"{it} is a zombie: it has no memory any more")
		for start, end, what in (("text", "text_end", "r-x text"), ("base", "data", "rw- stack"), ("data", "bss_end", "rw- data"),
				("bss_end", "brk", "rw- heap")):
			if int(space[start]) < int(space[end]):
				say(f"{kernel.address_text(space[start])}-{kernel.address_text(space[end])} {what}")
		if int(it["borrowing"]):
			say(f"borrowed from {it.lender() or 'a process that is dead'}")
		elf = symbols.elf_of(it)
		say(f"symbols: {elf.path}" if elf else "symbols: no file fits its text; see `show sublet symbol-path`")


class Loans(Command):
	"""Show who lends its memory to whom, and who owes the loan of a dead lender.
Usage: sublet loans"""

	def run(self):
		processes = process.all_processes()
		borrowers = process.borrowers(processes)
		if not borrowers:
			say("there are no loans")
		inner = {it.address() for it in borrowers}
		for it in borrowers:
			if not it.lender() or it.lender().address() not in inner:
				self.show(it, borrowers, 0)

	def show(self, borrower, borrowers, depth):
		if depth > len(borrowers):
			raise Broken("the loans go round in a circle: the kernel's memory is overwritten")
		indent = "  " * depth
		say(f"{indent}{borrower.lender() or 'a process that is dead'} lends to {borrower}")
		say(f"{indent}  space {kernel.address_text(borrower['space'])}{self.sharing(borrower)}")
		say(f"{indent}  home {kernel.address_text(borrower['home'].address)} held by {self.holder(borrower)}, slept on by {self.lenders(borrower)}")
		if int(borrower["owes"]):
			say(f"{indent}  owes the loan of {process.Process(borrower['owes'])}, which is dead, after its own")
		if int(borrower["debtors"]):
			say(f"{indent}  is dead; its loan is returned by {int(borrower['debtors'])} debtor{'s' if int(borrower['debtors']) > 1 else ''}")
		for it in borrowers:
			if it.lender() and it.lender().address() == borrower.address():
				self.show(it, borrowers, depth + 1)

	@staticmethod
	def sharing(borrower):
		space = borrower.space()
		return f", {int(space['refs'])} processes in it" if space else ", which it has left"

	@staticmethod
	def holder(borrower):
		thread = borrower["home"]["holder"]
		if not int(thread):
			return "nobody"
		kernel.check_thread(thread)
		owner = thread["owner"]
		return str(process.Process(owner.cast(borrower.pointer.type))) if int(owner) else "a kernel thread"

	@staticmethod
	def lenders(borrower):
		names = [str(process.Process(it["owner"].cast(borrower.pointer.type))) for it in process.sleepers(borrower["home"], f"the home of {borrower}")]
		return ", ".join(names) or "nobody"


class Bt(Command):
	"""Show a backtrace, through the kernel and the program, of a process (all its threads), or of one thread.
Usage: sublet bt [PID[.THREAD]]"""

	words = (0, 1)

	def run(self, which=None): # pylint: disable=arguments-differ
		it, threads = self.choose(which)
		symbols.load(it)
		symbols.refresh.forget() # at the next stop who runs has its variables again
		for thread in threads:
			say(f"{it} thread {thread.tid}, {'on the processor' if thread.is_current() else thread.state()}:")
			say("\n".join(unwind.backtrace(thread)))

	@staticmethod
	def choose(which):
		if which is None:
			it = process.current()
			if not it:
				raise Broken("no process is on the processor: say which, see `sublet ps`")
			return it, [thread for thread in it.threads() if thread.is_current()]
		pid, _, tid = which.partition(".")
		it = process.find(pid)
		threads = [thread for thread in it.threads() if tid in ("", str(thread.tid))]
		if not threads:
			raise Broken(f"{it} has no thread {tid}" if tid else f"{it} is a zombie: it has no thread any more")
		return it, threads


class Log(Command):
	"""Show the kernel log, as far as its ring still has it.
Usage: sublet log"""

	def run(self):
		kernel.current_thread()
		gdb.write(kernel.log_bytes().decode("utf-8", "replace").replace("\r", ""))


class Symbols(Command):
	"""Load the symbols of every process, and list them. It happens at each stop by itself, as far as something changed that is cheap to see.
Usage: sublet symbols"""

	def run(self):
		processes = process.all_processes()
		symbols.files.forget()
		symbols.load_all(processes)
		for it in processes:
			elf = symbols.elf_of(it)
			if elf:
				shown = symbols.loaded.data_of(elf, int(it.space()["text"])) == int(it.space()["data"])
				say(f"{it}: {elf.path}" + ("" if shown else ", variables of another process"))
			elif it.space():
				say(f"{it}: no file fits its text; see `show sublet symbol-path`")


class Follow(Command):
	"""Load the symbols of each program that is exec'd before its first instruction, so that breakpoints in it are set in time. Takes a breakpoint.
Usage: sublet follow on|off"""

	words = (1, 1)
	breakpoint = None

	def run(self, state): # pylint: disable=arguments-differ
		if state not in ("on", "off"):
			raise Broken("usage: sublet follow on|off")
		if self.breakpoint and self.breakpoint.is_valid():
			self.breakpoint.delete()
		self.breakpoint = symbols.FollowExec() if state == "on" else None


class AddSymbolFile(Command):
	"""Load the symbols of a program, with all its sections, at the addresses of a crash report: put `sublet` before the line that it gives.
Usage: sublet add-symbol-file PROGRAM.elf -s .text TEXT -s .data DATA"""

	words = (7, 7)

	def run(self, name, *rest): # pylint: disable=arguments-differ
		if (rest[0], rest[1], rest[3], rest[4]) != ("-s", ".text", "-s", ".data"):
			raise Broken(self.__doc__.splitlines()[-1])
		try:
			text, data = int(rest[2], 16), int(rest[5], 16)
		except ValueError:
			raise Broken("an address is a number such as 0x20001000") from None
		elf = symbols.files.named(name)
		symbols.loaded.add(elf, text, data)
		say(f"{elf.path}: " + ", ".join(f"{section} {address:#x}" for section, address in elf.addresses(text, data).items()))


for name, command in (("ps", Ps), ("maps", Maps), ("loans", Loans), ("bt", Bt), ("log", Log), ("symbols", Symbols), ("follow", Follow),
		("add-symbol-file", AddSymbolFile)):
	command(name)
gdb.execute("set breakpoint pending on") # programs come and go
