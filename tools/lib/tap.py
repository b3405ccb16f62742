"""Test cases in Python that print TAP. A suite is tests/<suite>/run.py; tools/test runs it once a board:

	import tap

	@tap.case("run.command.status_is_its_own")
	def _(board):
		tap.equal(run(board, "exit 7").returncode, 7)

	tap.main()
"""

import argparse
import os
import subprocess
import sys
import traceback

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RUN = os.path.join(ROOT, "tools/run")
COMMAND_TIMEOUT = 120

_cases = []


class Failure(Exception):
	"""A check that did not hold."""


class Skip(Exception):
	"""A case that does not apply here."""


def case(name):
	"""Register a function of the board's name as the case `name`."""

	def register(function):
		_cases.append((name, function))
		return function

	return register


def equal(actual, expected):
	if actual != expected:
		raise Failure(f"got {shorten(actual)}, expected {shorten(expected)}")


def true(condition, text):
	if not condition:
		raise Failure(text)


def shorten(value):
	text = repr(value)
	return text if len(text) <= 400 else text[:200] + " ... " + text[-200:]


def run(board, command, *options, data=b"", timeout=COMMAND_TIMEOUT):
	"""tools/run -c with what is built; returns the completed process, its output in bytes."""
	arguments = [RUN, "--board", board, "--timeout", str(timeout), *options]
	if command is not None:
		arguments += ["-c", command]
	return subprocess.run(arguments, input=data, capture_output=True, check=False, env=environment())


def environment():
	return dict(os.environ, SUBLET_NO_BUILD="1")


def _run_case(number, name, function, board):
	"""Run one case and print its line; returns whether it held."""
	result, comment = "ok", ""
	try:
		function(board)
	except Skip as reason:
		comment = f" # SKIP {reason}"
	except Failure as failure:
		result = "not ok"
		print("# " + str(failure).replace("\n", "\n# "))
	except Exception:  # pylint: disable=broad-except
		result = "not ok"
		print("# " + traceback.format_exc().rstrip().replace("\n", "\n# "))
	print(f"{result} {number} - {name}{comment}", flush=True)
	return result == "ok"


def main():
	parser = argparse.ArgumentParser()
	parser.add_argument("--board", default="qemu-virt32")
	parser.add_argument("filters", nargs="*", help="run only the cases whose name contains one of these")
	arguments = parser.parse_args()
	wanted = [row for row in _cases if not arguments.filters or any(word in row[0] for word in arguments.filters)]
	print(f"1..{len(wanted)}", flush=True)
	results = [_run_case(i + 1, name, function, arguments.board) for i, (name, function) in enumerate(wanted)]
	sys.exit(0 if all(results) else 1)
