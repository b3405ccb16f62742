"""Processes, their threads and loans (proc/include/proc/process.h, proc/loan.c)."""

from . import kernel
from .kernel import Broken

ALIVE, LEAVING, ZOMBIE = range(3)
RUNNING, SLEEPING = 1, 2
THREAD_STATES = ("ready", "running", "sleeping", "dead")


class Thread:
	"""A kernel thread of a process; `tid` counts from 1."""

	def __init__(self, pointer, tid):
		self.pointer, self.tid = pointer, tid
		kernel.check_thread(pointer)
		self.value = pointer.dereference()
		self.value.fetch_lazy()

	def __getitem__(self, name):
		return self.value[name]

	def is_current(self):
		return int(self.pointer) == int(kernel.current_thread())

	def state(self):
		number = int(self["state"])
		return THREAD_STATES[number] if number < len(THREAD_STATES) else f"in state {number}, which does not exist"

	def user_pc(self):
		return int(self["frame"]["pc"])


class Process:
	"""A struct process; what of it is read often is read once."""

	def __init__(self, pointer):
		self.pointer = pointer
		self.value = pointer.dereference()
		self.value.fetch_lazy()
		self.pid = int(self["pid"])
		raw = bytes(int(self["name"][i]) & 0xFF for i in range(self["name"].type.sizeof)).partition(b"\0")[0]
		self.name = "".join(chr(byte) if 32 <= byte < 127 else "?" for byte in raw)

	def __getitem__(self, name):
		return self.value[name]

	def __str__(self):
		return f"{self.name}[{self.pid}]"

	def address(self):
		return int(self.pointer)

	def parent(self):
		return Process(self["parent"]) if int(self["parent"]) else None

	def lender(self):
		"""Of a borrower: who sleeps until it returns the loan; or a dead lender, whose loan it owes; None when that has left nothing behind."""
		for thread in sleepers(self["home"], f"the home of {self}"):
			return Process(thread["owner"].cast(self.pointer.type))
		if int(self["owes"]):
			return Process(self["owes"])
		parent = self.parent() # it is about to sleep
		return parent if parent and int(parent["space"]) == int(self["space"]) else None

	def space(self):
		"""What it runs in, read at once; None for a zombie."""
		if not int(self["space"]):
			return None
		space = self["space"].dereference()
		space.fetch_lazy()
		return space

	def threads(self):
		"""None for a zombie; several where the kernel has such and the process made them."""
		if kernel.has_field(self.value, "threads") and int(self["threads"]):
			listed = self["threads"]["all"]
			uthread = kernel.struct_type("uthread").pointer()
			return [Thread(it["thread"], int(it["tid"])) for it in kernel.entries(listed, uthread, "link", f"threads of {self}")]
		return [Thread(self["thread"], 1)] if int(self["thread"]) else []

	def is_current(self):
		return owner_of(kernel.current_thread()) == self.address()

	def letter(self):
		"""As /proc has it, and L for a dead lender whose loan is still out."""
		if int(self["state"]) == ZOMBIE:
			return "Z"
		if int(self["state"]) == LEAVING:
			return "L"
		if int(self["stopped"]):
			return "T"
		threads = self.threads()
		if not threads:
			return "Z"
		if any(int(thread["state"]) != SLEEPING for thread in threads):
			return "R"
		return "D" if all(lent_to(thread) for thread in threads) else "S"


def owner_of(thread):
	return int(thread["owner"])


def all_processes():
	kernel.current_thread()
	pointer = kernel.variable("process_init").type
	return [Process(it) for it in kernel.entries(kernel.variable("processes")["all"], pointer, "all", "processes")]


def current():
	"""The process on the processor; None when the idle thread is."""
	owner = kernel.current_thread()["owner"]
	return Process(owner.cast(kernel.variable("process_init").type)) if int(owner) else None


def find(text):
	"""The process with the pid that was typed."""
	if not text.isdigit():
		raise Broken(f"'{text}' is no pid: see `sublet ps`")
	for process in all_processes():
		if process.pid == int(text):
			return process
	raise Broken(f"there is no process {text}: see `sublet ps`")


def borrowers(processes):
	return [process for process in processes if int(process["borrowing"])]


def lent_to(thread):
	"""The borrower for whose release the thread sleeps: it sleeps on the borrower's semaphore `home`."""
	sem = thread["blocked_on"]
	if int(thread["state"]) != SLEEPING or not int(sem) or not int(sem["holder"]) or not int(sem["holder"]["owner"]):
		return None
	borrower = sem["holder"]["owner"].cast(kernel.variable("process_init").type)
	return Process(borrower) if int(borrower["home"].address) == int(sem) else None


def sleepers(sem, what):
	thread = kernel.variable("cpu")["current"].type
	return list(kernel.entries(sem["waiters"]["sleepers"], thread, "link", f"sleepers on {what}"))
