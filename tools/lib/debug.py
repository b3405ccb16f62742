"""gdb-multiarch with the kernel's symbols and the commands of tools/gdb, at the machine in QEMU or, with --probe, at a board through OpenOCD. Started by tools/run.

QEMU waits before the first instruction; a board is halted where it is. Both are reached without a network port: QEMU's stub listens on a Unix
socket, and OpenOCD is a child of gdb that speaks through a pipe. What follows -- on the command line of tools/run is given to gdb.
The status is gdb's.
"""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time

import openocd
import run

GDB = "gdb-multiarch"
COMMANDS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "gdb/load.py")
START_SECONDS = 20


def parse_arguments():
	parser = run.make_parser("debug.py")
	parser.add_argument("--board", required=True)
	parser.add_argument("--probe")
	own, rest = sys.argv[1:], []
	if "--" in own:
		rest = own[own.index("--") + 1:]
		own = own[:own.index("--")]
	return parser.parse_args(own), rest


def symbol_path(arguments):
	"""Where gdb finds the symbols of programs: what is built, and what -f put into the guest."""
	return ":".join([arguments.build, *(spec.partition(":")[0] + ".elf" for spec in arguments.file)])


def gdb_command(elf, arguments, target, rest):
	# No question is asked, also when gdb has no terminal: the machine goes away with gdb.
	# exec is followed in QEMU, where breakpoints cost nothing; a chip has few of them.
	commands = ["set confirm off", f"set sublet symbol-path {symbol_path(arguments)}", f"sublet follow {'off' if arguments.probe else 'on'}", target]
	return [GDB, "-q", "-iex", "set pagination off", "-iex", f"source {COMMANDS}", *(word for text in commands for word in ("-ex", text)), elf, *rest]


def openocd_pipe(arguments, log):
	"""gdb's command that starts OpenOCD as its child."""
	servers = f"gdb_port pipe; tcl_port disabled; telnet_port disabled; log_output {{{log}}}"
	line = openocd.command(arguments.board, arguments.probe, servers, "init; sublet_debug")
	return "target extended-remote | " + shlex.join(line)


def wait_for(path, machine):
	deadline = time.monotonic() + START_SECONDS
	while not os.path.exists(path):
		if machine.poll() is not None or time.monotonic() > deadline:
			run.fail("the emulator did not start")
		time.sleep(0.01)


def run_gdb(command):
	"""gdb has the terminal; an interrupt is its own business."""
	signal.signal(signal.SIGINT, signal.SIG_IGN)
	try:
		gdb = subprocess.Popen(command, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
	except FileNotFoundError:
		run.fail(f"{GDB} is not installed: run tools/setup")
	try:
		return gdb.wait()
	finally:
		run.stop(gdb)


def debug_machine(arguments, config, rest, folder):
	stub = os.path.join(folder, "gdb")
	command = run.machine_command(arguments, config, folder)
	command += ["-S", "-gdb", f"unix:{stub},server=on,wait=off", "-monitor", "none", "-serial", "pty"]
	# A group of its own, so that an interrupt meant for gdb does not end it.
	with open(os.path.join(folder, "qemu.log"), "wb") as log:
		machine = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, process_group=0)
	try:
		wait_for(stub, machine)
		with open(os.path.join(folder, "qemu.log"), encoding="utf-8") as log:
			run.say("the console: " + " ".join(word for word in log.read().split() if word.startswith("/dev/")))
		return run_gdb(gdb_command(os.path.join(folder, "sublet.elf"), arguments, f"target remote {stub}", rest))
	finally:
		run.stop(machine)


def debug_board(arguments, rest, folder):
	log = os.path.join(folder, "openocd.log")
	elf = os.path.join(folder, "sublet.elf")
	status = run_gdb(gdb_command(elf, arguments, openocd_pipe(arguments, log), rest))
	if status and os.path.exists(log):
		with open(log, encoding="utf-8", errors="replace") as lines:
			said = lines.read().splitlines()
		openocd.show_reasons(said)
		run.fail(f"debug: {openocd.complaint(said) or 'gdb failed'}", status)
	return status


def main():
	arguments, rest = parse_arguments()
	with tempfile.TemporaryDirectory(prefix="sublet-debug-") as folder:
		config = run.read_config(arguments.build)
		if not config["machine"] and not arguments.probe:
			run.fail("QEMU does not have this board: name a probe, --probe " + " | ".join(openocd.probe_names()))
		run.prepare(arguments, config, folder)
		for number in (signal.SIGTERM, signal.SIGHUP):
			signal.signal(number, run.die_by_signal)
		try:
			if arguments.probe:
				sys.exit(debug_board(arguments, rest, folder))
			sys.exit(debug_machine(arguments, config, rest, folder))
		except openocd.OpenocdError as error:
			run.fail(f"debug: {error}")


if __name__ == "__main__":
	main()
