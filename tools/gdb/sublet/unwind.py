"""The frames of a thread that is not on the processor.

gdb knows one thread, the hart. While another one is shown, the unwinder below claims gdb's innermost frame and says that its
caller is the thread's saved context; from there on the frames are gdb's own work, by the kernel's and the programs' unwind tables. No register of the target is written.
arch_switch saves ra and s0 .. s11 on the thread's kernel stack; trap.S has tables for the way to user mode.
"""

import re

import gdb
from gdb.unwinder import Unwinder, register_unwinder

from . import kernel

SAVED = ("pc", *(f"s{i}" for i in range(12))) # ra is where arch_switch returns to
FRAMES_MAX = 100
SIGNAL_FRAME, TRAP_FRAME = "<signal handler called>", "<trap from user mode>"


class FrameId:
	"""What gdb wants as a frame's id: values, not numbers."""

	def __init__(self, sp, pc):
		self.sp, self.pc = sp, pc


def switch_size():
	"""Bytes that arch_switch has on the stack (arch/riscv/switch.S)."""
	return (len(SAVED) * kernel.pointer_size() + 15) & ~15


class SavedContext(Unwinder):
	"""Is asked for every frame, and answers only while a thread is shown, for gdb's innermost frame: that with the hart's own pc and sp."""

	def __init__(self):
		super().__init__("sublet-saved-context")
		self.thread = self.innermost = None

	def show(self, thread):
		frame = gdb.newest_frame()
		self.innermost = [int(frame.read_register(name)) for name in ("pc", "sp")]
		self.thread = thread
		gdb.invalidate_cached_frames()

	def hide(self):
		self.thread = None
		gdb.invalidate_cached_frames()

	def __call__(self, pending):
		if self.thread is None or [int(pending.read_register(name)) for name in ("pc", "sp")] != self.innermost:
			return None
		sp = int(self.thread["context"]["sp"])
		saved = gdb.Value(sp).cast(self.thread["stack"].type) # uintptr_t *
		# The id's stack address is 0, so that whatever stack follows is not taken for one that grows the wrong way.
		info = pending.create_unwind_info(FrameId(gdb.Value(0).cast(saved.type), pending.read_register("pc")))
		for i, name in enumerate(SAVED):
			info.add_saved_register(name, saved[i].cast(pending.read_register(name).type))
		info.add_saved_register("sp", gdb.Value(sp + switch_size()).cast(pending.read_register("sp").type))
		return info


context = SavedContext()
register_unwinder(None, context, replace=True)


def backtrace(thread):
	"""gdb's own backtrace, of that thread; its lines."""
	if thread.is_current():
		return name_trap(lines_of_backtrace(), in_kernel())
	hidden = innermost_frames()
	context.show(thread)
	try:
		return name_trap(renumber(lines_of_backtrace()[hidden:], hidden), True)
	finally:
		context.hide()


def innermost_frames():
	"""The hart's own frame counts more than once where functions are inlined."""
	frame, count = gdb.newest_frame(), 1
	while frame.type() == gdb.INLINE_FRAME:
		frame, count = frame.older(), count + 1
	return count


def lines_of_backtrace():
	"""As many frames as there are: asked for more, gdb says nothing but an error where a return address is 0 or cannot be read."""
	lines = gdb.execute(f"backtrace {count_frames()}", False, True).splitlines()
	return [line for line in lines if not line.startswith("(More stack frames follow")]


def count_frames():
	frame, count = gdb.newest_frame(), 0
	try:
		while frame and count < FRAMES_MAX and (frame.pc() or not count):
			count += 1
			frame = frame.older()
	except gdb.error:
		pass # the last one has no caller
	return count


def renumber(lines, hidden):
	return [re.sub(r"^#(\d+) *", lambda match: f"#{int(match.group(1)) - hidden:<3}", line) for line in lines]


def in_kernel():
	start, end = (int(gdb.parse_and_eval(f"(unsigned long) &{name}")) for name in ("__text_start", "__text_end"))
	return start <= gdb.newest_frame().pc() < end


def name_trap(lines, kernel_first):
	"""gdb has one name for all frames that interrupt others. From the kernel outwards the first one is the trap."""
	if not kernel_first:
		return lines
	return "\n".join(lines).replace(SIGNAL_FRAME, TRAP_FRAME, 1).split("\n")
