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


def machine_command(arguments, config, simulation):
	"""QEMU's command line; neither a reset nor a board that gives up and asks for semihosting is to end the emulator."""
	command = [word for word in run.machine_command(arguments, config, simulation.folder) if word != "-no-reboot"]
	if "-semihosting-config" in command:
		at = command.index("-semihosting-config")
		del command[at:at + 2]
	return command


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
	simulation.command = machine_command(arguments, config, simulation)
	simulation.idcode = idcode or VIRT_IDCODES[width]
	with simulation:
		yield simulation


def flash_port(board, simulation):
	"""The port of a board that boots from flash."""
	if board == "hifive-unleashed":
		return [*CHIPS[board].port, "--window", "0x20000000=" + simulation.path("flash.img")]
	return virt_port(64 if "64" in board else 32)


@contextlib.contextmanager
def erased(board, options=()):
	"""A board that boots from flash, with all of its flash erased: nothing runs there yet."""
	arguments = run.make_parser("tests/openocd").parse_args(["--build", os.path.join(ROOT, "build", board)])
	config = run.read_config(arguments.build)
	simulation = Simulation([], [])
	run.prepare(arguments, config, simulation.folder)
	for name in ("flash.img", "data.img"):
		if os.path.exists(simulation.path(name)):
			size = os.path.getsize(simulation.path(name))
			os.unlink(simulation.path(name))
			run.write_chip(simulation.path(name), size, b"")
	simulation.port_options = [*flash_port(board, simulation), *options]
	# QEMU flushes its files at each of the many stops that spi.py makes.
	simulation.command = [word.replace("if=mtd,", "if=mtd,cache=unsafe,") for word in machine_command(arguments, config, simulation)]
	with simulation:
		yield simulation


class Chip:
	"""A chip whose configuration is tried on a QEMU machine with the same processor; its firmware is not run."""

	def __init__(self, machine, port, xlen, extensions, bank):
		self.machine, self.port, self.xlen, self.extensions, self.bank = machine, port, xlen, extensions, bank

	def simulate(self, *options):
		return Simulation([*self.machine, *options], self.port)


CHIPS = {
	"hifive1-revb": Chip(["qemu-system-riscv32", "-M", "sifive_e,revb=true"], ["--idcode", "0x20000913"], 32, "IMAC",
		"fespi) at 0x20000000, size 0x00400000"),
	# The monitor core has no S-mode; QEMU shows it as the machine's first hart.
	"hifive-unleashed": Chip(["qemu-system-riscv64", "-M", "sifive_u", "-bios", "none"],
		["--idcode", "0x20000913", "--spi", "0x10040000"], 64, "IMAC", "fespi) at 0x20000000, size 0x02000000"),
	# QEMU has no GD32VF103; another rv32imac stands in for its processor.
	"longan-nano": Chip(["qemu-system-riscv32", "-M", "sifive_e,revb=true"],
		["--idcode", "0x1000563d", "--other-tap", "0x790007a3"], 32, "IMAC", "stm32f1x) at 0x08000000, size 0x00020000"),
}
