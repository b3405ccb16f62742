"""The kernel's variables and lists. Names and types come from the kernel's own symbol file only: programs may have the same ones."""

import os

import gdb

LIST_MAX = 4096
CANARY = 0x51B1E000 # THREAD_CANARY in kernel/thread.h


class Broken(gdb.GdbError):
	"""What was found cannot be; the text says it. gdb prints it without a traceback."""


def objfile():
	"""The symbols of the kernel."""
	path = gdb.current_progspace().filename
	for candidate in gdb.objfiles():
		if candidate.filename == path:
			return candidate
	raise Broken("no symbols of the kernel: start gdb with sublet.elf")


def symbol(name):
	"""A variable or function of the kernel as gdb.Symbol."""
	own = objfile()
	found = own.lookup_global_symbol(name) or own.lookup_static_symbol(name)
	if not found:
		raise Broken(f"{os.path.basename(own.filename)} has no '{name}': it is no kernel of Sublet, or has no symbols")
	return found


def variable(name):
	return symbol(name).value()


def struct_type(tag):
	"""A structure that no variable is of, as the code about processes sees it."""
	return gdb.lookup_type("struct " + tag, gdb.block_for_pc(int(variable("loan_return").address)))


def has_field(value, name):
	return any(field.name == name for field in value.type.fields())


def pointer_size():
	return variable("cpu")["current"].type.sizeof


def address_text(address):
	"""As the kernel prints addresses in /proc."""
	return f"{int(address):0{2 * pointer_size()}x}"


def read_bytes(address, size):
	return bytes(gdb.selected_inferior().read_memory(int(address), int(size)))


def current_thread():
	"""The thread on the processor, as a pointer. Broken before the scheduler has one."""
	if not gdb.selected_inferior().pid:
		raise Broken("there is no target: connect to one first")
	thread = variable("cpu")["current"]
	if int(thread) == 0:
		raise Broken("the kernel has not started yet: there is no thread")
	check_thread(thread)
	return thread


def check_thread(thread):
	"""A thread's stack begins with a fixed word, so other memory is not taken for one."""
	try:
		good = int(thread["stack"].dereference()) & 0xFFFFFFFF == CANARY
	except gdb.MemoryError:
		good = False
	if not good:
		raise Broken(f"at {int(thread):#x} there is no thread: the kernel has not started yet, or its memory is overwritten")


def entries(head, pointer_type, member, what):
	"""Pointers to the structures in a struct list, through `member`."""
	offset = next(field.bitpos // 8 for field in pointer_type.target().fields() if field.name == member)
	start = before = int(head.address)
	link = head["next"]
	for _ in range(LIST_MAX):
		if int(link) == start:
			return
		if int(link) == 0 or int(link["prev"]) != before:
			raise Broken(f"the list of {what} is broken at {int(link):#x}: the kernel has not started yet, is changing it, or its memory is overwritten")
		yield gdb.Value(int(link) - offset).cast(pointer_type)
		before = int(link)
		link = link["next"]
	raise Broken(f"the list of {what} does not end: its memory is overwritten")


def log_bytes():
	"""What the ring of the kernel log keeps, oldest first."""
	log = variable("log_ring")
	written, size = int(log["written"]), log["ring"].type.sizeof
	ring = read_bytes(log["ring"].address, size)
	return ring[:written] if written <= size else ring[written % size:] + ring[:written % size]
