"""What README.md promises in its fenced blocks: programs, transcripts of a shell, and the table of figures."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools/lib"))
import tap

DEFAULT_BOARD = "qemu-virt32"
SECONDS = 60
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED_PROGRAM = re.compile(r"`([\w-]+\.c)`:\n\n```c\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def text():
	with open(os.path.join(tap.ROOT, "README.md"), encoding="utf-8") as file:
		return file.read()


def programs():
	"""(file name, source) of each C program that the text names."""
	return NAMED_PROGRAM.findall(text())


def blocks(language):
	return [body for kind, body in BLOCK.findall(text()) if kind == language]


def commands():
	"""The first words of the lines of all `sh` blocks."""
	return [line.split()[0] for body in blocks("sh") for line in body.splitlines() if line.strip()]


def transcripts():
	"""(command, output) of each `$ ` line of the `console` blocks."""
	pairs = []
	for body in blocks("console"):
		for step in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
			command, _, output = step.partition("\n")
			pairs.append((command, output))
	return pairs


def fill(folder):
	"""Make the folder look like the tree to a person in it, with the README's programs beside it."""
	for name in os.listdir(tap.ROOT):
		os.symlink(os.path.join(tap.ROOT, name), os.path.join(folder, name))
	for name, source in programs():
		with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
			file.write(source)


def for_board(command, board):
	"""The command as a person with this board would type it."""
	command = command.replace(f"build/{DEFAULT_BOARD}/", f"build/{board}/")
	return command.replace("tools/run ", f"tools/run --board {board} --timeout {SECONDS} ")


def run(command, board, folder):
	"""Run a shell line in the folder; its output. What tools/run says of other builds comes on standard error."""
	result = subprocess.run(["bash", "-c", for_board(command, board)], cwd=folder, env=tap.environment(),
		stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace", check=False)
	for line in result.stderr.splitlines():
		print(f"# {line}")
	return result.stdout


# Rows of the table "Compared" and the rows of `bench` that they come from.
FIGURES = {
	"`getppid`": "getppid",
	"`write` of 1 byte to /dev/null": "write_null",
	"`vfork` + `_exit` + `waitpid`": "vfork_exit_wait",
	"the same, 1 MiB of heap": "vfork_exit_wait_heap1m",
	"the same, 8 KiB deeper in the stack": "vfork_exit_wait_stack8k",
	"the same, 24 more descriptors": "vfork_exit_wait_24fds",
	"`vfork` + `exec` + exit + `waitpid`": "vfork_exec_wait",
	"the same, 256 KiB of text": "vfork_exec_wait_256k",
	"pipe round trip, two processes": "pipe_round_trip",
	"`sched_yield`, one switch": "sched_yield",
	"signal to oneself and its handler, there and back": "kill_self",
	"`posix_spawn` + exit + `waitpid`": "posix_spawn_wait",
	"a semaphore to another thread and one back": "sem_ping_pong",
	"`sem_post` + `sem_wait` that nobody waits for": "sem_post_wait",
	"`pthread_create` + exit + `pthread_join`": "thread_create_join",
}
BOARDS = ("qemu-virt32", "qemu-virt64")


def figures(board):
	"""Row of `bench` -> what the README says of this board; KeyError for a row of the table that FIGURES does not know."""
	table = re.search(r"^\| operation \|.*?\n\n", text(), re.MULTILINE | re.DOTALL)[0]
	rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.strip().splitlines()[2:]]
	return {FIGURES[row[0]]: int(row[1 + BOARDS.index(board)].replace(",", "")) for row in rows}
