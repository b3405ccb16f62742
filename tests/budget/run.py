"""Budgets: what tests/budget/budgets.txt allows, compared with the release build. Each row is a case; the measured figure
is printed beside its limit."""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools/lib"))
import boot
import size as ram_map
import tap

BUDGETED_BOARD = "qemu-virt32"
SMALL_BOARD = "hifive1-revb"
BENCH_ROW = re.compile(r"^(\w+): +(\d+)", re.MULTILINE)
SLEEPERS = 4


def read_budgets():
	"""Name, limit, and the row that a relative limit is added to."""
	base = None
	with open(os.path.join(HERE, "budgets.txt"), encoding="utf-8") as rows:
		for row in rows:
			words = row.partition("#")[0].split()
			if words and words[1].startswith("+"):
				yield words[0], int(words[1]), base
			elif words:
				base = words[0]
				yield base, int(words[1]), None


def built(board, path):
	return os.path.join(tap.ROOT, "build", board, path)


def output_of(board, command, *options):
	result = tap.run(board, command, *options)
	tap.true(result.returncode == 0, f"{command}: status {result.returncode}: {result.stdout!r}")
	return result.stdout.decode()


_bench_rows = {}


def bench(board, name):
	"""Instructions per operation, from one run of the app for all rows."""
	if not _bench_rows:
		result = tap.run(board, "bench", "--icount")
		_bench_rows.update(BENCH_ROW.findall(result.stdout.decode()), status=str(result.returncode))
		if result.returncode:
			print(f"# bench: status {result.returncode}: {result.stdout!r}")
	tap.true(name in _bench_rows, f"bench prints no row '{name}'")
	return int(_bench_rows[name])


def boot_count(board, _name):
	return boot.instructions_to_prompt(built(board, ""))


def section_sizes(path):
	"""Text and data + bss of an ELF file."""
	output = subprocess.run(["riscv64-unknown-elf-size", path], capture_output=True, check=True, encoding="ascii").stdout
	text, data, bss = output.splitlines()[1].split()[:3]
	return int(text), int(data) + int(bss)


def size(board, name):
	if name == "kernel_text":
		return section_sizes(built(board, "sublet.elf"))[0]
	program, _, part = name.rpartition("_")
	return section_sizes(built(board, f"apps/{program}/{program}.elf"))[0 if part == "text" else 1]


def memory_free(text):
	return int(re.search(r"MemFree:\s*(\d+)", text)[1])


def memory(board, name):
	"""The shell reads /proc/meminfo itself, so that no process but init and sh lives meanwhile."""
	if name == "prompt":
		text = output_of(board, "while read row; do echo \"$row\"; done < /proc/meminfo")
		return int(re.search(r"MemTotal:\s*(\d+)", text)[1]) - memory_free(text)
	reading = "while read row; do echo \"$row\"; done < /proc/meminfo"
	sleepers = "sleep 100 & " * SLEEPERS
	text = output_of(board, f"sleep 100 & sleep 1; {reading}; {sleepers} sleep 1; {reading}")
	frees = [int(found) for found in re.findall(r"MemFree:\s*(\d+)", text)]
	tap.equal(len(frees), 2)
	return (frees[0] - frees[1]) // SLEEPERS


def small(board, name):
	"""The board with 16 KiB: kernel text, and RAM that is not free when the prompt waits."""
	if name == "kernel_text":
		return section_sizes(built(board, "sublet.elf"))[0]
	return sum(size for size, kind, _process in ram_map.ram(built(board, "")) if kind != "free")


MEASURES = {"small": small, "bench": bench, "boot": boot_count, "size": size, "memory": memory}


def measure(board, name):
	kind, _, row = name.partition(".")
	return MEASURES[kind](board, row)


def add_case(name, limit, base):

	@tap.case(f"budget.{name}")
	def _(board):
		budgeted = SMALL_BOARD if name.startswith("small.") else BUDGETED_BOARD
		if board != budgeted:
			raise tap.Skip(f"this budget is for {budgeted}")
		value = measure(board, name)
		allowed = limit + (measure(board, base) if base else 0)
		print(f"# {name}: {value} of {allowed}")
		tap.true(value <= allowed, f"{name} is {value}; its budget is {allowed}")


for budget in read_budgets():
	add_case(*budget)
tap.main()
