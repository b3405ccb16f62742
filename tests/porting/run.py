"""A board made of the template, in a copy of the tree: filled in, built and booted. And boards that are built only: image, size and link map.

Both build everything anew, so they are left out of quick runs.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools/lib"))
import tap

BUILDER = "qemu-virt32" # these cases are no board's: they run beside this one
SECONDS = 1200
# QEMU's virt, with the kernel in the first 128 KiB of RAM and its root file system behind 16 MiB.
VALUES = {"WIDTH": "32", "KERNEL_TEXT": "0x80000000", "RAM_START": "0x80020000", "RAM_END": "0x80080000u", "ROOTFS_ADDRESS": "0x81000000",
	"ROOTFS_SIZE": "0x400000", "MACHINE": "virt", "MEMORY": "32M", "TIMER_HZ": "10000000u", "CLINT_BASE": "0x02000000u",
	"PLIC_BASE": "0x0c000000u", "UART_BASE": "0x10000000u", "UART_IRQ": "10"}


def only_once(board):
	if board != BUILDER or os.environ.get("SUBLET_QUICK"):
		raise tap.Skip("builds everything anew: full runs only")


def copy_tree(folder):
	"""What git keeps or would keep."""
	names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=tap.ROOT, capture_output=True, check=True, encoding="utf-8").stdout
	for name in names.splitlines():
		source, target = os.path.join(tap.ROOT, name), os.path.join(folder, name)
		if os.path.isfile(source):
			os.makedirs(os.path.dirname(target), exist_ok=True)
			shutil.copy2(source, target)


def fill_in(folder, values):
	for name in os.listdir(folder):
		path = os.path.join(folder, name)
		with open(path, encoding="utf-8") as file:
			text = file.read()
		with open(path, "w", encoding="utf-8") as file:
			file.write(re.sub(r"FILL_IN_(\w+)", lambda found: values.get(found[1], found[0]), text))


def run(tree, *arguments):
	environment = {key: value for key, value in os.environ.items() if not key.startswith("SUBLET_")}
	return subprocess.run([os.path.join(tree, "tools/run"), *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False,
		encoding="utf-8", errors="replace", env=environment, timeout=SECONDS)


@tap.case("porting.template.boots_when_filled_in")
def _(board):
	only_once(board)
	with tempfile.TemporaryDirectory(prefix="sublet-porting-") as tree:
		copy_tree(tree)
		folder = os.path.join(tree, "board/mine")
		shutil.copytree(os.path.join(tree, "board/template"), folder)
		result = run(tree, "--board", "mine", "size")
		tap.true(result.returncode != 0 and "FILL_IN_WIDTH" in result.stderr, f"not filled in: {result.returncode} {result.stderr}")
		fill_in(folder, VALUES)
		result = run(tree, "--board", "mine", "--timeout", "120", "-c", "echo from | cat; uname -v; exit 5")
		tap.equal((result.returncode, result.stdout), (5, "from\nprocesses isolated by PMP\n"))


def symbols(elf):
	rows = subprocess.run(["riscv64-unknown-elf-nm", elf], capture_output=True, check=True, encoding="ascii").stdout
	return {row.split()[-1]: int(row.split()[0], 16) for row in rows.splitlines() if len(row.split()) == 3}


@tap.case("porting.longan-nano.image_fits_and_lies_where_the_chip_looks")
def _(board):
	only_once(board)
	result = run(tap.ROOT, "--board", "longan-nano", "size")
	tap.equal(result.returncode, 0)
	build = os.path.join(tap.ROOT, "build/longan-nano")
	at = symbols(os.path.join(build, "sublet.elf"))
	tap.equal((at["_start"], at["__data_start"]), (0x08000000, 0x20000000))
	rootfs = int(re.search(r"^rootfs_address=(\w+)", open(os.path.join(build, "run.conf"), encoding="utf-8").read(), re.MULTILINE)[1], 0)
	end = at["__data_load"] + at["__data_end"] - at["__data_start"]
	tap.true(end <= rootfs, f"the kernel ends at {end:#x}, where the root file system has begun")
	image = os.path.getsize(os.path.join(build, "rootfs.img"))
	tap.true(rootfs + image <= 0x08020000, f"the root file system ends at {rootfs + image:#x}, behind the flash of 128 KiB")
	tap.true(at["__bss_end"] <= 0x20000000 + 4096, f"kernel data and bss take {at['__bss_end'] - 0x20000000} of 32,768 bytes")


@tap.case("porting.longan-nano.is_not_run")
def _(board):
	only_once(board)
	result = run(tap.ROOT, "--board", "longan-nano", "-c", "true")
	tap.true(result.returncode == 1 and "QEMU does not have this board" in result.stderr, result.stderr)


tap.main()
