"""The machines that the tests put behind the simulated debug port: the boards as they are built, with the port that each has."""

import contextlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tools/lib"))
import run
from simulation import Simulation

VIRT_IDCODES = {32: 0x10320001, 64: 0x10640001}
VIRT_BANKS = (0x20000000, 0x22000000)


def virt_port(width, idcode=None):
	options = ["--idcode", hex(idcode or VIRT_IDCODES[width])]
	for bank in VIRT_BANKS:
		options += ["--cfi-bank", hex(bank)]
	return options


@contextlib.contextmanager
def virt(board, idcode=None, options=()):
	"""QEMU's virt as tools/run starts it, booting; its console is read from the first byte on."""
	width = 64 if "64" in board else 32
	build = os.path.join(ROOT, "build", board)
	parser = run.make_parser("tests/openocd")
	arguments = parser.parse_args(["--build", build])
	config = run.read_config(build)
	simulation = Simulation([], [*virt_port(width, idcode), *options])
	run.prepare(arguments, config, simulation.folder)
	simulation.command = [word for word in run.machine_command(arguments, config, simulation.folder) if word != "-no-reboot"]
	simulation.idcode = idcode or VIRT_IDCODES[width]
	with simulation:
		yield simulation
