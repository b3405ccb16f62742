"""Run suites of tests and add up their cases. Started by tools/test, which has built everything.

A suite is a command that prints TAP, or ctest over the native build. Every case counts once; a suite that ends badly
without a failed case, or runs no case at all, counts as one failure. The last line is `N passed, N failed`.
"""

import argparse
import glob
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as xml

import tap

RESULT = re.compile(r"(?P<bad>not )?ok\b(?: \d+)?(?: -)? *(?P<name>[^#]*)(?P<comment>#.*)?")
CMOCKA = re.compile(r"\[\s*(OK|FAILED|SKIPPED)\s*\] (?!.*test\(s\))(\S+)$", re.MULTILINE)
FIGURE = re.compile(r"# [\w.]+: \d+ of \d+$")
TAP_PLAN = re.compile(r"1\.\.(\d+)$")


class Totals:
	"""The cases seen so far."""

	def __init__(self):
		self.passed = 0
		self.failed = []

	def add(self, suite, name, good):
		if good:
			self.passed += 1
		else:
			self.failed.append(f"{suite}: {name}")


def say(text):
	print(text, flush=True)


def run_tap(totals, suite, command):
	"""Run a command and count its TAP; only what fails is shown."""
	comments, count, planned, failed = [], 0, 0, 0
	with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace",
			cwd=tap.ROOT, env=tap.environment()) as process:
		for line in process.stdout:
			line = line.rstrip("\r\n")
			result = RESULT.match(line)
			if TAP_PLAN.match(line):
				planned += int(line[3:])
			elif result:
				count += 1
				failed += bool(result["bad"])
				totals.add(suite, result["name"].strip(), not result["bad"])
				if result["bad"]:
					say("\n".join([*comments[-40:], line]))
				comments = []
			elif FIGURE.match(line):
				say("   " + line[2:])
			else:
				comments.append(line)
	if not failed and (process.returncode or not count or count < planned):
		say("\n".join(comments[-40:]))
		totals.add(suite, f"{count} cases of {planned}, exit status {process.returncode}", False)


def count_cmocka(totals, suite, test):
	"""The cases inside one ctest test: cmocka's own lines, or the test itself."""
	output = test.findtext("system-out") or ""
	failed_test = test.get("status") not in ("run", "disabled", "notrun") or test.find("failure") is not None
	# cmocka names a failed case again at the end.
	rows = list(dict.fromkeys(CMOCKA.findall(output)))
	for verdict, name in rows:
		full_name = name if name.startswith(test.get("name")) else f"{test.get('name')}.{name}"
		totals.add(suite, full_name, verdict != "FAILED")
	if failed_test:
		say(output[-6000:])
	if (failed_test and not any(verdict == "FAILED" for verdict, _ in rows)) or not rows:
		totals.add(suite, test.get("name"), not failed_test)


def run_ctest(totals, suite, filters):
	with tempfile.NamedTemporaryFile(prefix="sublet-junit-", suffix=".xml") as report:
		command = ["ctest", "--test-dir", "build/host", "--output-junit", report.name, "-j2", "-Q",
			"--test-output-size-passed", "1000000", "--test-output-size-failed", "1000000"]
		if filters:
			command += ["-R", "|".join(re.escape(word) for word in filters)]
		subprocess.run(command, cwd=tap.ROOT, check=False, stdin=subprocess.DEVNULL)
		tests = list(xml.parse(report.name).getroot().iter("testcase"))
	for test in tests:
		count_cmocka(totals, suite, test)
	if not tests and not filters:
		totals.add(suite, "no test was found", False)


# These are for boards that ask for them.
SPECIAL = ("small",)


def all_suites():
	"""Every tests/<suite>/run.py, the target tests first."""
	suites = [os.path.basename(os.path.dirname(path)) for path in glob.glob(os.path.join(tap.ROOT, "tests/*/run.py"))]
	return sorted(suites, key=lambda name: (name != "target", name))


def board_suites(board):
	"""Those that the board asks for: BOARD_SUITES in its board.cmake."""
	with open(os.path.join(tap.ROOT, "build", board, "run.conf"), encoding="utf-8") as rows:
		wanted = next(row.partition("=")[2].split() for row in rows if row.startswith("suites="))
	for suite in set(wanted) - {"all", *all_suites()}:
		sys.exit(f"tools/test: board {board} asks for the suite '{suite}', which does not exist")
	return [suite for suite in all_suites() if suite in wanted or ("all" in wanted and suite not in SPECIAL)]


def is_wanted(suite, filters):
	"""Names of cases begin with the name of their suite."""
	return not filters or any(word.split(".")[0] == suite for word in filters)


def run_suite(totals, title, function, *arguments):
	before, start = (totals.passed, len(totals.failed)), time.monotonic()
	say(f"== {title}")
	function(totals, title, *arguments)
	passed, failed = totals.passed - before[0], len(totals.failed) - before[1]
	say(f"   {passed} passed, {failed} failed, {time.monotonic() - start:.0f} s")


def main():
	parser = argparse.ArgumentParser()
	parser.add_argument("--board", action="append", default=[])
	parser.add_argument("filters", nargs="*")
	arguments = parser.parse_args()
	totals, filters = Totals(), arguments.filters
	if is_wanted("lint", filters):
		run_suite(totals, "lint", run_tap, ["tools/lint", *filters])
	if not filters or not all(word.split(".")[0] in ("lint", *all_suites()) for word in filters):
		run_suite(totals, "unit", run_ctest, filters)
	for board in arguments.board:
		for suite in board_suites(board):
			if is_wanted(suite, filters):
				command = ["/usr/bin/python3", f"tests/{suite}/run.py", "--board", board, *filters]
				run_suite(totals, f"{suite} on {board}", run_tap, command)
	for name in totals.failed:
		say(f"FAILED {name}")
	say(f"{totals.passed} passed, {len(totals.failed)} failed")
	sys.exit(1 if totals.failed or not totals.passed else 0)


if __name__ == "__main__":
	main()
