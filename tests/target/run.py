"""Run every target test of a board in one QEMU: the programs go to /host/tests, a script runs them, and their TAP is
passed on. A program that prints less than it planned, or nothing, is a failed case of its own."""

import argparse
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools/lib"))
import tap

SECONDS = 900


def programs_of(board, filters):
	folder = os.path.join(tap.ROOT, "build", os.environ.get("SUBLET_PRESET", board), "tests/target")
	sources = os.listdir(os.path.join(tap.ROOT, "tests/target"))
	names = sorted(name[:-2] for name in sources if name.endswith(".c") and name != "harness.c")
	wanted = [word.split(".")[1] for word in filters if word.startswith("target.") and word.count(".") >= 1]
	if wanted:
		names = [name for name in names if any(name.startswith(word) for word in wanted)]
	return [os.path.join(folder, name) for name in names]


def start(board, programs, script):
	"""Boot the guest with the programs and the script that runs them one after the other."""
	arguments = [tap.RUN, "--board", board, "--timeout", str(SECONDS), "-f", script.name + ":/host/tests/all"]
	for program in programs:
		script.write(f"echo '# program {os.path.basename(program)}'\n/host/tests/{os.path.basename(program)}\n")
		arguments += ["-f", f"{program}:/host/tests/{os.path.basename(program)}"]
	script.write("echo '# program end'\n")
	script.flush()
	return subprocess.Popen(arguments + ["-c", "sh /host/tests/all"], stdin=subprocess.DEVNULL,
		stdout=subprocess.PIPE, env=tap.environment(), encoding="utf-8", errors="replace")


class Tally:
	"""What each program planned and delivered."""

	def __init__(self, programs):
		self.planned = {os.path.basename(program): None for program in programs}
		self.seen = dict.fromkeys(self.planned, 0)
		self.current = None

	def take(self, line):
		marker = re.match(r"# program (\S+)$", line)
		if marker:
			self.current = marker[1]
		elif self.current in self.planned and re.match(r"1\.\.\d+$", line):
			self.planned[self.current] = int(line[3:])
		elif self.current in self.planned and re.match(r"(not )?ok \d+ - target\.", line):
			self.seen[self.current] += 1

	def incomplete(self):
		return [name for name, count in self.planned.items() if count is None or self.seen[name] < count]


def main():
	parser = argparse.ArgumentParser()
	parser.add_argument("--board", default="qemu-virt32")
	parser.add_argument("filters", nargs="*")
	arguments = parser.parse_args()
	programs = programs_of(arguments.board, arguments.filters)
	tally = Tally(programs)
	with tempfile.NamedTemporaryFile("w", prefix="sublet-target-", encoding="utf-8") as script:
		guest = start(arguments.board, programs, script)
		for line in guest.stdout:
			tally.take(line.rstrip("\n"))
			print(line, end="", flush=True)
		status = guest.wait()
	for name in tally.incomplete():
		print(f"# {tally.seen[name]} results of {tally.planned[name]} planned; the guest ended with status {status}")
		print(f"not ok - target.{name}.runs_to_its_end")
	sys.exit(1 if tally.incomplete() else 0)


if __name__ == "__main__":
	main()
