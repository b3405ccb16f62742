"""The commands of tools/gdb, in gdb against QEMU and against OpenOCD with the simulated debug port of tests/openocd."""

import contextlib
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools/lib"))
sys.path.insert(0, os.path.join(HERE, "../openocd"))
sys.path.insert(0, HERE)
import tap
from machines import virt
from session import Gdb

PROBE = os.path.join(HERE, "../openocd/sim.cfg")
PROMPT = "$ "


@contextlib.contextmanager
def program(board):
	"""nested.c as a program, with its symbol file beside it."""
	with tempfile.TemporaryDirectory(prefix="sublet-gdb-") as folder:
		path = os.path.join(folder, "nested")
		compiler = os.path.join(tap.ROOT, "build", board, "sdk/bin/sublet-cc")
		result = subprocess.run([compiler, "-g", "-O1", "-fno-optimize-sibling-calls", "-o", path, os.path.join(HERE, "nested.c")],
			stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False)
		tap.equal((result.returncode, result.stderr), (0, ""))
		yield path


# Everything sleeps: init, the shell, three lenders and their borrower, cat.
ASLEEP = {"typed": "/host/nested sleep | cat", "stop": "arch_idle"}
ALL_ASLEEP = "break arch_idle if processes.count == 7"


@contextlib.contextmanager
def machine(board, *commands, typed=None, stop=None):
	"""gdb at a machine that runs, with nested.c in it; with `typed`, that was typed at the prompt and gdb has stopped with `stop`."""
	with program(board) as path, Gdb(board, "-f", path) as gdb:
		for command in commands:
			gdb.says(command)
		if typed:
			gdb.start("continue")
			gdb.console.expect(PROMPT)
			gdb.console.type(typed + "\r")
			said = gdb.read_answer()
			tap.true(re.search(stop, said), said)
		yield gdb


def rows(gdb):
	"""sublet ps: name -> [(pid, parent, state)], oldest first."""
	found = {}
	for line in gdb.says("sublet ps").splitlines()[1:]:
		pid, parent, state, *_, name = line.lstrip("* ").split()
		found.setdefault(name, []).append((int(pid), int(parent), state))
	return found


@tap.case("gdb.before_boot.every_command_says_that_the_kernel_has_not_started")
def _(board):
	with machine(board) as gdb:
		for command in ("ps", "maps 1", "loans", "bt", "bt 1", "log", "symbols"):
			answer = gdb.says("sublet " + command, "^the kernel has not started yet")
			tap.equal(len(answer.splitlines()), 1)


@tap.case("gdb.commands.refuse_what_they_do_not_understand_in_one_line")
def _(board):
	with machine(board, "break nested.c:checkpoint", typed="/host/nested", stop="checkpoint") as gdb:
		for command, complaint in (("bt no", "'no' is no pid"), ("bt 999", "no process 999"), ("bt 1.7", "no thread 7"), ("maps", "Usage: sublet maps PID"),
				("maps 999", "no process 999"), ("follow maybe", "on.off"), ("add-symbol-file x", "Usage"),
				("add-symbol-file nothing.elf -s .text 0x1000 -s .data 0x2000", "no symbol file nothing.elf"),
				("add-symbol-file sh.elf -s .text here -s .data 0x2000", "an address is")):
			answer = gdb.says("sublet " + command, complaint)
			tap.equal(len(answer.splitlines()), 1)


@tap.case("gdb.ps.shows_a_pipeline_and_who_sleeps_lends_and_runs")
def _(board):
	with machine(board, ALL_ASLEEP, **ASLEEP) as gdb:
		found = rows(gdb)
		tap.equal([state for _, _, state in found["nested"]], ["D", "D", "D", "S"])
		chain = found["nested"]
		tap.equal([parent for _, parent, _ in chain[1:]], [pid for pid, _, _ in chain[:-1]])
		tap.equal(found["cat"][0][2], "S")
		tap.equal(found["init"][0][:2], (1, 0))


@tap.case("gdb.ps.marks_the_process_on_the_processor")
def _(board):
	with machine(board, "break nested.c:checkpoint", typed="/host/nested", stop="checkpoint") as gdb:
		pid, _, state = rows(gdb)["nested"][3]
		tap.equal(state, "R")
		gdb.says("sublet ps", rf"^\* +{pid} ")


@tap.case("gdb.maps.shows_regions_lender_and_symbol_file")
def _(board):
	with machine(board, "break nested.c:checkpoint", typed="/host/nested", stop="checkpoint") as gdb:
		chain = rows(gdb)["nested"]
		gdb.says(f"sublet maps {chain[3][0]}", "^[0-9a-f]+-[0-9a-f]+ r-x text", "rw- stack", "rw- data", rf"borrowed from nested\[{chain[2][0]}\]",
			r"symbols: .*/nested\.elf")
		gdb.says("sublet maps 1", r"symbols: .*/init\.elf")


@tap.case("gdb.loans.shows_a_nested_loan")
def _(board):
	with machine(board, "break nested.c:checkpoint", typed="/host/nested", stop="checkpoint") as gdb:
		a, b, c, d = (f"nested\\[{pid}\\]" for pid, _, _ in rows(gdb)["nested"])
		gdb.says("sublet loans", f"^{a} lends to {b}", "4 processes in it", f"held by {b}, slept on by {a}", f"^  {b} lends to {c}",
			f"held by {c}, slept on by {b}", f"^    {c} lends to {d}", f"held by {d}, slept on by {c}")
		gdb.says("delete")
		gdb.start("continue")
		gdb.console.expect(PROMPT)


@tap.case("gdb.loans.shows_the_debt_to_a_killed_lender")
def _(board):
	with machine(board, "break arch_idle if processes.count == 6", typed="/host/nested kill", stop="arch_idle") as gdb:
		tap.equal([state for _, _, state in rows(gdb)["nested"]], ["S", "L", "D", "S"])
		a, b, c, d = (f"nested\\[{pid}\\]" for pid, _, _ in rows(gdb)["nested"])
		gdb.says("sublet loans", f"^{a} lends to {b}", f"held by {c}, slept on by {a}", "is dead; its loan is returned by 1 debtor", f"^  {b} lends to {c}",
			f"owes the loan of {b}", f"^    {c} lends to {d}")


@tap.case("gdb.bt.of_a_sleeping_reader_goes_through_the_kernel_to_main")
def _(board):
	with machine(board, ALL_ASLEEP, **ASLEEP) as gdb:
		before = gdb.ask("info registers")
		gdb.says(f"sublet bt {rows(gdb)['cat'][0][0]}", r"cat\[\d+\] thread 1, sleeping", r"^#0 +.*thread_schedule|^#0 +.*thread_switch", r"^#\d+ .*pipe",
			r"^#\d+ +<trap from user mode>", r"^#\d+ .*\bread \(", r"^#\d+ .*main \(.*apps/cat/")
		tap.equal(gdb.ask("info registers"), before)


@tap.case("gdb.bt.of_a_lender_shows_where_it_lent")
def _(board):
	with machine(board, "break nested.c:checkpoint", typed="/host/nested", stop="checkpoint") as gdb:
		gdb.says(f"sublet bt {rows(gdb)['nested'][0][0]}", r"^#\d+ .*loan_wait|sem_take", r"^#\d+ .*sys_vfork", r"<trap from user mode>", r"vfork",
			r"^#\d+ .*lend \(", r"^#\d+ .*main \(")
		gdb.says("sublet bt", r"on the processor", r"^#0 +checkpoint \(depth=.*3\)", r"^#\d+ .*innermost")


@tap.case("gdb.bt.shows_every_thread_of_a_process_or_one")
def _(board):
	with machine(board, "break arch_idle if processes.count == 3 && process_init->threads == 0", typed="/host/nested threads", stop="arch_idle") as gdb:
		pid = rows(gdb)["nested"][0][0]
		gdb.says("sublet ps", rf"^ +{pid} +\d+ S +2 ")
		first, second = [r"thread 1, sleeping", r"futex", r"<trap from user mode>", r"two_threads", r"^#\d+ .*main \("], [
			r"thread 2, sleeping", r"tty_read", r"<trap from user mode>", r"reader"]
		gdb.says(f"sublet bt {pid}", *first, *second)
		tap.true("thread 1," not in gdb.says(f"sublet bt {pid}.2", *second), "the other thread is shown, too")
		tap.equal(gdb.says(f"sublet bt {pid}.3"), f"nested[{pid}] has no thread 3\n")


@tap.case("gdb.bt.across_a_system_call_is_gdbs_own_as_well")
def _(board):
	with machine(board, "break sys_write if $a2 == 24", typed="/host/nested 5", stop="sys_write") as gdb:
		pattern = [r"^#0 +sys_write", r"^#\d+ +<signal handler called>", r"^#\d+ .*write", r"^#\d+ .*speak", r"^#\d+ .*main \("]
		gdb.says("backtrace", *pattern)
		gdb.says("sublet bt", pattern[0], r"^#\d+ +<trap from user mode>", *pattern[2:])


@tap.case("gdb.symbols.let_a_breakpoint_at_main_stop_a_program")
def _(board):
	with machine(board, "break nested.c:main", typed="/host/nested 7", stop=r"Breakpoint 1, main \(argc=2") as gdb:
		gdb.says("print argv[1]", '"7"')
		gdb.says("print said", "twenty-four")
		gdb.says("next")
		gdb.says("finish")


@tap.case("gdb.symbols.of_variables_are_those_of_the_process_on_the_processor")
def _(board):
	line = "/host/nested 8; /host/nested 9"
	with machine(board, "break nested.c:checkpoint", typed=line, stop=r"checkpoint \(depth=8\)") as gdb:
		gdb.says("print generation", "= 8")
		gdb.says("continue", r"checkpoint \(depth=9\)")
		gdb.says("print generation", "= 9")
		gdb.says("finish")
		gdb.says("print answer", "= 48")


@tap.case("gdb.symbols.of_a_shared_program_have_the_data_of_who_runs_or_is_looked_at")
def _(board):
	line = "/host/nested 8 hold | /host/nested 9 hold"
	with machine(board, "break nested.c:checkpoint", typed=line, stop=r"checkpoint \(depth=8\)") as gdb:
		gdb.says("print generation", "= 8")
		first = gdb.says("print &generation")
		gdb.says("continue", r"checkpoint \(depth=9\)")
		gdb.says("print generation", "= 9")
		tap.true(gdb.says("print &generation").split()[-2] != first.split()[-2], "both have their data at the same place")
		pids = [pid for pid, _, _ in rows(gdb)["nested"]]
		gdb.says(f"sublet bt {pids[0]}", r"^#\d+ .*main \(")
		gdb.says("print generation", "= 8")
		gdb.says("stepi")
		gdb.says("print generation", "= 9")


@tap.case("gdb.symbols.keep_a_breakpoint_for_the_next_process_of_the_program")
def _(board):
	line = "/host/nested 8; cat /etc/motd; /host/nested 9"
	with machine(board, "break nested.c:checkpoint", typed=line, stop=r"checkpoint \(depth=8\)") as gdb:
		gdb.says("continue", r"checkpoint \(depth=9\)")
		gdb.says("delete")
		gdb.start("continue")
		gdb.console.expect(PROMPT)


@tap.case("gdb.symbols.come_with_the_lines_of_a_crash_report")
def _(board):
	with machine(board, "break process_exit if status == 11 || status == 139", typed="/host/nested 0", stop="process_exit") as gdb:
		log = gdb.says("sublet log", r"nested\[\d+\]: signal 11", r"add-symbol-file nested\.elf")
		line = re.search(r"\(gdb\) (add-symbol-file .*)", log).group(1)
		pc = re.search(r"pc (0x\w+) = text", log).group(1)
		gdb.says("sublet " + line, r"nested\.elf: .*\.text 0x.*\.rodata 0x.*\.data 0x.*\.bss 0x")
		gdb.says(f"info line *{pc}", r"nested\.c")


@tap.case("gdb.symbols.command_lists_the_file_of_each_process")
def _(board):
	with machine(board, "break nested.c:checkpoint", typed="/host/nested | cat", stop="checkpoint") as gdb:
		gdb.says("sublet symbols", r"^init\[1\]: .*/init\.elf$", r"^sh\[\d+\]: .*/sh\.elf$", r"nested\[\d+\]: .*/nested\.elf$")


@tap.case("gdb.memory.that_is_overwritten_is_said_in_one_line")
def _(board):
	with machine(board, "break nested.c:checkpoint", typed="/host/nested", stop="checkpoint") as gdb:
		gdb.says("set var process_init->all.next = (struct list *) 0x10")
		for command in ("ps", "loans", "bt 1", "symbols"):
			answer = gdb.says("sublet " + command, "broken|cannot|Cannot")
			tap.equal(len(answer.splitlines()), 1)
		gdb.says("set var cpu.current->stack[0] = 0")
		gdb.says("sublet ps", "there is no thread")


@tap.case("gdb.batch.stops_at_main_of_a_command")
def _(board):
	commands = ["break apps/ls/main.c:main", "continue", "sublet bt"]
	arguments = [tap.RUN, "--board", board, "-c", "ls /bin", "debug", "--", "-batch", *(word for text in commands for word in ("-ex", text))]
	result = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, env=tap.environment(), encoding="utf-8", check=False,
		timeout=tap.COMMAND_TIMEOUT)
	tap.true(re.search(r"^#0 +main \(argc=2.*apps/ls/main\.c", result.stdout, re.MULTILINE), result.stdout + result.stderr)
	tap.equal(result.returncode, 0)


@tap.case("gdb.openocd.commands_work_through_a_debug_port")
def _(board):
	with virt(board) as target:
		target.console.expect(PROMPT)
		with Gdb(board, "--probe", PROBE, environment=target.environment()) as gdb:
			gdb.says("sublet ps", r" init$", r" sh$")
			gdb.says("sublet symbols", r"init\[1\]: .*init\.elf", r"sh\[2\]: .*sh\.elf")
			gdb.says("sublet bt 2", r"^#\d+ .*tty_read", "<trap from user mode>", r"^#\d+ .*main \(.*apps/sh/")
			gdb.says("sublet loans", "there are no loans")
			gdb.says("sublet log")
			gdb.says("detach")
		target.console.type("echo ali''ve\r")
		target.console.expect("alive")


@tap.case("gdb.openocd.breakpoint_at_main_stops_a_program_in_flash")
def _(board):
	with virt(board) as target:
		target.console.expect(PROMPT)
		with Gdb(board, "--probe", PROBE, environment=target.environment()) as gdb:
			gdb.says("sublet follow on")
			gdb.says("hbreak apps/ls/main.c:main", "pending")
			gdb.start("continue")
			target.console.type("ls /bin/sh\r")
			said = gdb.read_answer()
			tap.true(re.search(r"Breakpoint 1, main \(argc=2", said), said)
			gdb.says("backtrace", r"^#0 +main \(argc=2")
			gdb.says("delete")
			gdb.says("sublet follow off")
			gdb.says("detach")
		target.console.expect("/bin/sh")


tap.main()
