"""Commands for gdb that know the kernel's structures.

  kernel     the kernel's variables, types and lists, read with distrust
  process    processes, threads and loans, as values of Python
  elf        sections of a program's symbol file
  symbols    the symbol file of each program, loaded at the addresses at which it runs
  unwind     the frames of a thread that is not on the processor
  commands   what a person types

The memory that is read may be that of a kernel that has not started, or is broken: lists are bounded and their links are checked, and what
does not fit ends the command with one line (Broken). Nothing here writes to the target.
"""

import gdb


class Prefix(gdb.Command):
	"""Look at Sublet: its processes, loans and log, and their backtraces."""

	def __init__(self, words):
		super().__init__(words, gdb.COMMAND_STATUS, prefix=True)


for prefix in ("sublet", "set sublet", "show sublet"):
	Prefix(prefix)
