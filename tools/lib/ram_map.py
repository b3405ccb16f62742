"""Inside gdb, at a machine that waits at its prompt: what each byte of RAM is for. Started by size.py.

Prints rows `BYTES KIND [PID NAME]` that add up to all of RAM from the kernel's data to the end of the allocator's last block. A block of the
allocator is what its owner says: a process's structures and arena, an open file; `other` is what no process leads to.
"""

import gdb

FLAGS = 7
FREE = 1


def value(expression):
	return gdb.parse_and_eval(expression)


def address(symbol):
	return int(value(f"(unsigned long)&{symbol}"))


def blocks():
	"""{address of a used block's payload: its bytes, head included}, and the bytes of all free ones."""
	word, used, free = gdb.lookup_type("unsigned long"), {}, 0
	at = int(value("mem.base"))
	while True:
		head = int(gdb.Value(at).cast(word.pointer()).dereference())
		size = head & ~FLAGS
		if not size:
			return used, free
		if head & FREE:
			free += size
		else:
			used[at + word.sizeof] = size
		at += size


def quick(used):
	"""Blocks that were freed and are kept whole: they are free."""
	kept = value("mem.quick")
	rows, columns = kept.type.range()[1] + 1, kept[0].type.range()[1] + 1
	payloads = [int(kept[i][j]) + gdb.lookup_type("unsigned long").sizeof for i in range(rows) for j in range(columns) if int(kept[i][j])]
	return sum(used.pop(payload) for payload in payloads)


def processes():
	head, kind = value("&processes.all"), gdb.lookup_type("struct process")
	at = value("processes.all.next")
	while at != head:
		yield at.cast(kind.pointer()) # `all` is its first member
		at = at["next"]


class Map:
	"""The rows, and the blocks that none has claimed yet."""

	def __init__(self):
		self.used, self.free = blocks()
		self.free += quick(self.used)
		self.rows = []

	def add(self, size, kind, process=""):
		if size:
			self.rows.append(f"{size} {kind} {process}".rstrip())

	def claim(self, pointer, kind, process):
		self.add(self.used.pop(int(pointer), 0), kind, process)

	def arena(self, space, name):
		size = self.used.pop(int(space["base"]), 0)
		if not size:
			return # claimed by another process: a loan
		base, data, bss_end, brk, args = (int(space[field]) for field in ("base", "data", "bss_end", "brk", "args"))
		self.add(data - base, "stack_and_arguments", name)
		self.add(bss_end - data, "data_and_bss", name)
		self.add(brk - bss_end, "heap", name)
		self.add(size - (brk - base), "reserved_heap", name)

	def process(self, process):
		name = f"{int(process['pid'])} {process['name'].string()}"
		self.claim(process, "structures", name)
		if process["thread"]:
			self.claim(process["thread"], "kernel_stack", name)
		if process["space"]:
			self.claim(process["space"], "structures", name)
			self.arena(process["space"], name)
		if process["signals"]["acts"]:
			self.claim(process["signals"]["acts"], "structures", name)
		for fd in range(int(process["files"]["top"])):
			file = process["files"]["slot"][fd]
			if file:
				self.claim(file, "open_files", name)


def main():
	ram = Map()
	stack = address("boot_stack_top") - address("boot_stack")
	ram.add(address("__bss_end") - address("__data_start") - stack, "kernel_data")
	ram.add(stack, "boot_stack")
	ram.add(int(value("mem.base")) - address("__bss_end") + gdb.lookup_type("unsigned long").sizeof, "alignment_and_end")
	for process in processes():
		ram.process(process)
	ram.add(sum(ram.used.values()), "other")
	ram.add(ram.free, "free")
	for row in ram.rows:
		print("RAM " + row)


main()
