"""OpenOCD as tools/run starts it: the probe, tools/openocd/sublet.tcl, and the configuration of the board, in this order.

A probe is a name, for tools/openocd/NAME.cfg, or a file, of OpenOCD's or one's own.
"""

import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(ROOT, "tools/openocd")
PROGRAM = "openocd"
SAYS = "sublet: "
FAILS = SAYS + "error: "
NO_SERVERS = "gdb_port disabled; tcl_port disabled; telnet_port disabled"


class OpenocdError(Exception):
	"""What went wrong, in one line."""


def probe_names():
	return sorted(name[:-4] for name in os.listdir(FOLDER) if name.endswith(".cfg"))


def probe_file(probe):
	if "/" not in probe and os.path.isfile(os.path.join(FOLDER, probe + ".cfg")):
		return os.path.join(FOLDER, probe + ".cfg")
	if os.path.isfile(probe):
		return probe
	raise OpenocdError(f"there is no probe '{probe}'; probes: {' '.join(probe_names())}, or a file")


def board_file(board):
	path = os.path.join(ROOT, "board", board, "openocd.cfg")
	if not os.path.isfile(path):
		raise OpenocdError(f"board {board} has no openocd.cfg")
	return path


def command(board, probe, before, after):
	"""The command line; `before` and `after` are scripts that are run before and after the files."""
	files = (os.path.join(FOLDER, "sublet.tcl"), probe_file(probe), board_file(board))
	return [PROGRAM, "-c", before, *(word for file in files for word in ("-f", file)), "-c", after]


def complaint(log):
	"""What sublet.tcl says went wrong, or None. The first complaint counts: what follows comes of it."""
	said = [line[len(FAILS):] for line in log if line.startswith(FAILS)]
	return said[0] if said else None


def show_reasons(log):
	"""OpenOCD's own complaints, the latest ones; what it says at every start is left out."""
	errors = [line for line in log if line.startswith("Error:") and "Unknown architecture" not in line]
	for line in list(dict.fromkeys(errors))[-3:]:
		print("openocd: " + line, file=sys.stderr)


def failure(status, step):
	"""OpenOCD ended without a word of sublet.tcl. It aborts when an adapter goes away in the middle of a scan."""
	if status < 0:
		return f"the connection to the probe broke while {step} (OpenOCD was ended by signal {-status})"
	return f"OpenOCD failed while {step} (status {status})"


def run(board, probe, script, say):
	"""Run a script to its end. `say` gets what it tells people, line by line; OpenocdError when it fails."""
	log, step = [], "starting"
	line = command(board, probe, NO_SERVERS, f"init; {script}")
	try:
		process = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
			encoding="utf-8", errors="replace")
	except FileNotFoundError:
		raise OpenocdError(f"{PROGRAM} is not installed: run tools/setup") from None
	try:
		for text in process.stdout:
			text = text.rstrip()
			log.append(text)
			if text.startswith(SAYS) and not text.startswith(FAILS):
				step = text[len(SAYS):]
				say(step)
		status = process.wait()
	finally:
		process.kill()
		process.wait()
	if status or complaint(log):
		show_reasons(log)
		raise OpenocdError(complaint(log) or failure(status, step))
