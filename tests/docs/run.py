"""Documents, tried. The README: its program is compiled and run, its transcripts are typed, its figures are measured again. The
manual: errors.c makes calls fail as their pages say."""

import os
import re
import subprocess
import tempfile

import readme
import tap

BENCH_ROW = re.compile(r"^(\w+): +(\d+)", re.MULTILINE)
TOLERANCE = 0.1  # of a figure: the README is written by hand, and small changes of the kernel move it


@tap.case("docs.readme.has_something_to_try")
def _(_):
	tap.true(readme.programs() and readme.transcripts() and readme.commands(), "a kind of block was not found in README.md")


@tap.case("docs.readme.commands_exist")
def _(_):
	missing = [name for name in readme.commands() if not os.access(os.path.join(tap.ROOT, name), os.X_OK)]
	tap.true(not missing, f"no such command: {missing}")


@tap.case("docs.readme.transcripts_are_true")
def _(board):
	with tempfile.TemporaryDirectory(prefix="sublet-readme-") as folder:
		readme.fill(folder)
		for command, output in readme.transcripts():
			tap.equal((command, readme.run(command, board, folder)), (command, output))


@tap.case("docs.readme.figures_are_true")
def _(board):
	if board not in readme.BOARDS:
		raise tap.Skip("the README has no figures of this board")
	result = tap.run(board, "bench", "--icount")
	tap.equal(result.returncode, 0)
	measured = {name: int(value) for name, value in BENCH_ROW.findall(result.stdout.decode())}
	wrong = [f"{name}: README {said}, measured {measured.get(name)}" for name, said in readme.figures(board).items()
		if abs(measured.get(name, 0) - said) > TOLERANCE * said]
	tap.true(not wrong, "\n".join(wrong))


@tap.case("docs.manual.errors_are_true")
def _(board):
	source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "errors.c")
	with tempfile.TemporaryDirectory(prefix="sublet-errors-") as folder:
		program = os.path.join(folder, "errors")
		compiler = os.path.join(tap.ROOT, "build", board, "sdk/bin/sublet-cc")
		result = subprocess.run([compiler, "-D_GNU_SOURCE", "-Wall", "-Werror", "-mstack=4K", source, "-o", program], stdout=subprocess.PIPE,
			stderr=subprocess.STDOUT, encoding="utf-8", check=False)
		tap.true(result.returncode == 0, result.stdout)
		result = tap.run(board, "/host/errors", "-f", program)
	output = result.stdout.decode(errors="replace")
	tap.true(result.returncode == 0 and "errors tried" in output, output)


tap.main()
