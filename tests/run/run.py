"""tools/run as a command in other people's scripts: status, bytes, input, files, time, panic."""

import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools/lib"))
import tap

ALL_BYTES = bytes(range(256))


def check(board, command, status, output, *options, data=b""):
	result = tap.run(board, command, *options, data=data)
	tap.equal((result.returncode, result.stdout), (status, output))


@tap.case("run.status.is_the_commands")
def _(board):
	check(board, "exit 7", 7, b"")


@tap.case("run.status.of_success_is_zero")
def _(board):
	check(board, "true", 0, b"")


@tap.case("run.status.of_the_last_command")
def _(board):
	check(board, "true; false", 1, b"")


@tap.case("run.status.of_an_unknown_command_is_127")
def _(board):
	result = tap.run(board, "there-is-no-such-command")
	tap.equal(result.returncode, 127)


@tap.case("run.output.is_only_the_commands")
def _(board):
	check(board, "echo hello", 0, b"hello\n")


@tap.case("run.output.keeps_quotes_and_spaces")
def _(board):
	check(board, "echo \"a  b\" 'c\"d' e\\$f", 0, b"a  b c\"d e$f\n")


@tap.case("run.output.of_a_slow_reader_is_whole")
def _(board):
	with tempfile.NamedTemporaryFile(prefix="sublet-bytes-") as file:
		file.write(ALL_BYTES * 1200)
		file.flush()
		arguments = [tap.RUN, "--board", board, "--timeout", "60", "-f", file.name + ":/host/bytes", "-c", "cat /host/bytes"]
		with subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=tap.environment()) as guest:
			time.sleep(3)
			output = guest.stdout.read()
			tap.equal((output == ALL_BYTES * 1200, guest.wait()), (True, 0))


@tap.case("run.input.passes_every_byte")
def _(board):
	check(board, "cat", 0, ALL_BYTES * 8, data=ALL_BYTES * 8)


@tap.case("run.input.counts_to_its_end")
def _(board):
	data = b"one\ntwo\nthree\n" * 500
	result = tap.run(board, "wc -c", data=data)
	tap.equal((result.returncode, result.stdout.split()), (0, [str(len(data)).encode()]))


@tap.case("run.input.empty_ends_at_once")
def _(board):
	check(board, "cat; echo done", 0, b"done\n")


@tap.case("run.input.closed_ends_at_once")
def _(board):
	line = f"{tap.RUN} --board {board} --timeout 60 -c 'cat; echo done' <&-"
	result = subprocess.run(["bash", "-c", line], capture_output=True, env=tap.environment(), check=False)
	tap.equal((result.returncode, result.stdout), (0, b"done\n"))


@tap.case("run.input.unread_does_not_hold_the_guest")
def _(board):
	check(board, "echo done", 0, b"done\n", data=b"x" * 100000)


@tap.case("run.timeout.exits_124_and_says_so")
def _(board):
	result = tap.run(board, "echo before; sleep 1000", timeout=3)
	tap.equal((result.returncode, result.stdout), (124, b"before\n"))
	tap.true(b"timed out after 3 s" in result.stderr, f"standard error says {result.stderr!r}")


@tap.case("run.panic.exits_125")
def _(board):
	# A machine whose init ends cannot go on: give it one that ends at once.
	program = os.path.join(tap.ROOT, "build", board, "rootfs/bin/true")
	result = tap.run(board, "true", "-f", program + ":/bin/init")
	tap.equal((result.returncode, b"panic" in result.stdout + result.stderr), (125, True))


@tap.case("run.file.appears_under_host")
def _(board):
	with tempfile.TemporaryDirectory(prefix="sublet-test-") as folder:
		path = os.path.join(folder, "data")
		with open(path, "wb") as file:
			file.write(ALL_BYTES)
		check(board, "cat /host/data", 0, ALL_BYTES, "-f", path)
		check(board, "cat /some/where/else", 0, ALL_BYTES, "-f", path + ":/some/where/else")


@tap.case("run.file.keeps_the_executable_bit")
def _(board):
	with tempfile.TemporaryDirectory(prefix="sublet-test-") as folder:
		path = os.path.join(folder, "script")
		with open(path, "w", encoding="ascii") as file:
			file.write("#!/bin/sh\necho ran $1\n")
		os.chmod(path, 0o644)
		tap.equal(tap.run(board, "/host/script x", "-f", path).returncode, 126)
		os.chmod(path, 0o755)
		check(board, "/host/script x", 0, b"ran x\n", "-f", path)


@tap.case("run.file.missing_is_an_error")
def _(board):
	result = tap.run(board, "true", "-f", "/there/is/no/such/file")
	tap.true(result.returncode not in (0, 124, 125), f"status {result.returncode}")
	tap.equal(result.stderr.count(b"\n"), 1)


@tap.case("run.options.wrong_prints_usage")
def _(board):
	result = tap.run(board, None, "--no-such-option")
	tap.equal((result.returncode, b"usage:" in result.stderr), (2, True))


@tap.case("run.options.unknown_board_lists_boards")
def _(_board):
	result = tap.run("no-such-board", "true")
	tap.equal((result.returncode, b"qemu-virt32" in result.stderr), (2, True))


@tap.case("run.clock.is_the_hosts")
def _(board):
	if not board.startswith("qemu-virt"):
		raise tap.Skip("this board has no calendar")
	before = int(time.time())
	seconds = int(tap.run(board, "date +%s").stdout)
	tap.true(before <= seconds + 1 and seconds <= time.time() + 1, f"the guest's clock is {seconds - before} s ahead")


@tap.case("run.mem.sets_the_size_of_memory")
def _(board):
	def total(size):
		output = tap.run(board, "cat /proc/meminfo", "--mem", size).stdout
		return int(output.split(b"MemTotal:")[1].split()[0])

	tap.true(total("32M") > 1.8 * total("16M"), "32M is not twice 16M")


@tap.case("run.icount.repeats_exactly")
def _(board):
	first = tap.run(board, "bench getppid vfork_exec_wait", "--icount")
	second = tap.run(board, "bench getppid vfork_exec_wait", "--icount")
	tap.equal((first.returncode, first.stdout), (0, second.stdout))


@tap.case("run.two.at_once")
def _(board):
	arguments = [tap.RUN, "--board", board, "--timeout", "60", "-c", "sleep 1; echo mine"]
	guests = [subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=tap.environment())
		for _ in range(2)]
	tap.equal([(guest.communicate()[0], guest.returncode) for guest in guests], [(b"mine\n", 0)] * 2)


@tap.case("run.files.temporary_are_removed")
def _(board):
	with tempfile.TemporaryDirectory(prefix="sublet-test-") as folder:
		environment = dict(tap.environment(), TMPDIR=folder)
		arguments = [tap.RUN, "--board", board, "-c", "sleep 1000"]
		guest = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=environment)
		deadline = time.monotonic() + 20
		while not os.listdir(folder) and time.monotonic() < deadline:
			time.sleep(0.1)
		tap.true(os.listdir(folder), "no temporary folder appeared: the case shows nothing")
		time.sleep(1)
		guest.terminate()
		tap.equal((guest.wait(), os.listdir(folder)), (128 + 15, []))


tap.main()
