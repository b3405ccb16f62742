#!/usr/bin/python3
"""Build the suite with the SDK of a board, run it there in one guest, and print its TAP.

What sublet.pending names is left out with its reason, or, for a single case, run and forgiven. --all tries everything.
A program that cannot be compiled, or prints less than it planned, is a failed case of its own."""

import argparse
import glob
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools/lib"))
import tap

SUITE = "vfork-suite"
PENDING = os.path.join(HERE, "sublet.pending")
SECONDS = 600
# alarm() comes with the signals; until then the guest's own limit of time ends what hangs.
SMALL_FLAGS = ["-Os", "-mstack=1K"]
FLAGS = ["-O2", "-Wall", "-Wextra", "-Werror", "-mstack=8K", "-I", HERE]
RESULT = re.compile(r"(not )?ok \d+ - (\S+)(.*)$")


def small(board):
	"""The list of what does not fit on a board; it exists for boards with little memory only."""
	return os.path.join(HERE, board + ".pending")


def pending(board):
	"""{program or program.case: reason}"""
	rows = []
	for path in filter(os.path.exists, (PENDING, small(board))):
		with open(path, encoding="utf-8") as file:
			rows += [line.split(None, 1) for line in file if line.strip() and not line.startswith("#")]
	return {name: reason.strip() for name, reason in rows}


class Report:
	"""The TAP that goes out: cases under the name of the suite, numbered anew."""

	def __init__(self, forgiven):
		self.forgiven = forgiven
		self.count = self.failed = 0

	def case(self, good, name, comment=""):
		self.count += 1
		reason = self.forgiven.get(name)
		if not good and reason:
			good, comment = True, f" # TODO {reason}"
		elif good and reason and not comment:
			comment = " # TODO passes, and is named in sublet.pending"
		self.failed += not good
		print(f"{'ok' if good else 'not ok'} {self.count} - {SUITE}.{name}{comment}", flush=True)

	def skip(self, name, reason):
		self.case(True, name, f" # SKIP {reason}")


def compiler(board):
	return os.path.join(tap.ROOT, "build", os.environ.get("SUBLET_PRESET", board), "sdk/bin/sublet-cc")


def build(report, board, program, folder, flags):
	"""The path of the compiled program, or None."""
	path = os.path.join(folder, program)
	sources = [os.path.join(HERE, f"{program}.c"), os.path.join(HERE, "suite.c")]
	result = subprocess.run([compiler(board), *FLAGS, *(SMALL_FLAGS if os.path.exists(small(board)) else []), *flags, "-o", path, *sources], capture_output=True,
		encoding="utf-8", check=False)
	if result.returncode == 0:
		return path
	print("# " + result.stderr.strip().replace("\n", "\n# "))
	report.case(False, f"{program}.compiles")
	return None


def run_script(report, board, program):
	"""A program that is a script runs here and is given the compiler."""
	result = subprocess.run(["sh", os.path.join(HERE, f"{program}.sh"), compiler(board)], capture_output=True,
		encoding="utf-8", check=False)
	take(report, program, result.stdout.splitlines())


def take(report, program, lines):
	"""Pass on what one program printed."""
	planned = seen = 0
	for line in lines:
		result = RESULT.match(line)
		if re.match(r"1\.\.\d+$", line):
			planned = int(line[3:])
		elif result:
			seen += 1
			report.case(not result[1], result[2], result[3] if not result[1] else "")
		else:
			print(line if line.startswith("#") else "# " + line)
	if not planned or seen < planned:
		print(f"# {seen} results of {planned} planned")
		report.case(False, f"{program}.runs_to_its_end")


def run_small(report, board, path, seconds):
	"""Run one program in a guest of its own, where no other has used memory. Its time is counted by instructions, so that every run is the same."""
	name = os.path.basename(path)
	result = tap.run(board, f"/bin/{name}", "--icount", "-f", f"{path}:/bin/{name}", timeout=seconds)
	take(report, name, result.stdout.decode(errors="replace").replace("\r\n", "\n").splitlines())


def run_guest(report, board, paths, seconds):
	"""Run the programs one after the other, and split what they print."""
	with tempfile.NamedTemporaryFile("w", prefix="sublet-vfork-suite-", encoding="utf-8") as script:
		options = ["-f", script.name + ":/host/suite/all"]
		for path in paths:
			name = os.path.basename(path)
			script.write(f"echo '# program {name}'\n/host/suite/{name}\n")
			options += ["-f", f"{path}:/host/suite/{name}"]
		script.flush()
		result = tap.run(board, "sh /host/suite/all", *options, timeout=seconds)
	output = result.stdout.decode(errors="replace").replace("\r\n", "\n")
	parts = dict(re.findall(r"^# program (\S+)\n(.*?)(?=^# program |\Z)", output, re.MULTILINE | re.DOTALL))
	for path in paths:
		name = os.path.basename(path)
		take(report, name, parts.get(name, "").splitlines())
	if result.returncode not in (0, 1):
		print("# " + result.stderr.decode(errors="replace").strip().replace("\n", "\n# "))
		report.case(False, "guest_ends_well")


def wanted_programs(filters):
	names = sorted(os.path.basename(path).rsplit(".", 1)[0] for path in glob.glob(os.path.join(HERE, "row*.[cs]*")))
	return [name for name in names if not filters or any(f"{SUITE}.{name}".startswith(word) or word in name for word in filters)]


def main():
	parser = argparse.ArgumentParser()
	parser.add_argument("--board", default="qemu-virt32")
	parser.add_argument("--all", action="store_true", help="leave nothing out")
	parser.add_argument("--timeout", type=int, default=SECONDS)
	parser.add_argument("--flags", default="", help="more options for the compiler")
	parser.add_argument("filters", nargs="*", help="only programs whose name contains one of these")
	arguments = parser.parse_args()
	reasons = {} if arguments.all else pending(arguments.board)
	report, paths = Report(reasons), []
	with tempfile.TemporaryDirectory(prefix="sublet-vfork-suite-") as folder:
		for program in wanted_programs(arguments.filters):
			if program in reasons:
				report.skip(program, reasons[program])
			elif os.path.exists(os.path.join(HERE, f"{program}.sh")):
				run_script(report, arguments.board, program)
			else:
				paths.append(build(report, arguments.board, program, folder, arguments.flags.split()))
		paths = [path for path in paths if path]
		if os.path.exists(small(arguments.board)):
			for path in paths:
				run_small(report, arguments.board, path, arguments.timeout)
		elif paths:
			run_guest(report, arguments.board, paths, arguments.timeout)
	print(f"1..{report.count}")
	sys.exit(1 if report.failed or not report.count else 0)


if __name__ == "__main__":
	main()
