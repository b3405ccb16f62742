"""A person at a terminal: boot to the prompt, type, read, leave. The transcript goes through a real pseudo-terminal."""

import os
import re
import sys

import pexpect

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools/lib"))
import tap

PROMPT = r"[#$] $"
SECONDS = 30


class Terminal:
	"""A guest booted to its prompt."""

	def __init__(self, board):
		self.guest = pexpect.spawn(tap.RUN, ["--board", board], env=tap.environment(), encoding="utf-8",
			timeout=SECONDS, dimensions=(24, 80))

	def __enter__(self):
		self.expect(PROMPT)
		return self

	def __exit__(self, *_):
		self.guest.close(force=True)

	def expect(self, pattern):
		try:
			self.guest.expect(pattern)
		except (pexpect.TIMEOUT, pexpect.EOF) as error:
			kind = type(error).__name__
			raise tap.Failure(f"{kind} while waiting for {pattern!r}; the terminal shows {self.guest.before!r}") from error

	def type(self, text):
		self.guest.send(text)

	def command(self, line, expected):
		"""Type a line; `expected` must appear, alone on a line, and then a prompt."""
		self.type(line + "\r")
		self.expect(r"\n" + expected + r"\r+\n")
		self.expect(PROMPT)

	def quiet(self, line):
		self.type(line + "\r")
		self.expect(PROMPT)

	def start(self, line):
		"""Type a line whose program writes `started`, and wait for that."""
		self.type(line + "\r")
		self.expect(r"\nstarted\r+\n")

	def stop(self, number, text):
		"""Type ^Z; the shell must report job `number` as stopped."""
		self.type("\x1a")
		self.expect(rf"\n\[{number}\]\+ Stopped {text}\r+\n")
		self.expect(PROMPT)

	def notice(self, pattern):
		"""Press Enter until the shell has shown a line about a job before its prompt."""
		for _ in range(200):
			if re.search(pattern + r"\r+\n", self.guest.before):
				return
			self.type("\r")
			self.expect(PROMPT)
		raise tap.Failure(f"no notice {pattern!r}")


@tap.case("boot.prompt.appears")
def _(board):
	with Terminal(board) as terminal:
		terminal.command("echo hel''lo", "hello")


@tap.case("boot.prompt.runs_pipelines")
def _(board):
	with Terminal(board) as terminal:
		terminal.command("echo one two | wc -w", r" *2")
		terminal.command("ls -l /bin | grep ' sh$' > /tmp/x; cat /tmp/x", r"-[^\r\n]*sh")


@tap.case("boot.prompt.runs_jobs_in_the_background")
def _(board):
	with Terminal(board) as terminal:
		terminal.quiet("sleep 5 &")
		terminal.command("echo here", "here")


@tap.case("boot.prompt.runs_scripts")
def _(board):
	with Terminal(board) as terminal:
		terminal.quiet("echo '#!/bin/sh' > /tmp/script; echo 'echo got $1' >> /tmp/script")
		terminal.quiet("chmod 755 /tmp/script")
		terminal.command("/tmp/script it", "got it")


@tap.case("boot.console.erases_and_kills_lines")
def _(board):
	with Terminal(board) as terminal:
		terminal.type("echo wrong\x15")
		terminal.type("echo gooo\x7fd")
		terminal.command("", "good")


@tap.case("boot.console.recalls_history")
def _(board):
	with Terminal(board) as terminal:
		terminal.command("echo again", "again")
		terminal.type("\x1b[A")
		terminal.command("", "again")


@tap.case("boot.console.ends_input_at_control_d")
def _(board):
	with Terminal(board) as terminal:
		terminal.type("cat\r")
		terminal.type("typed\r")
		terminal.expect(r"typed\r+\n.*typed\r+\n")
		terminal.type("\x04")
		terminal.expect(PROMPT)
		terminal.command("echo after", "after")


@tap.case("boot.console.control_c_ends_the_foreground_job_only")
def _(board):
	with Terminal(board) as terminal:
		terminal.quiet("sleep 1000 &")
		terminal.type("echo started; sleep 1000 | cat\r")
		terminal.expect(r"\nstarted\r+\n")
		terminal.type("\x03")
		terminal.expect(PROMPT)
		terminal.command("echo status $?", "status 130")
		terminal.type("typed in vain\x03")
		terminal.type("\x15")
		terminal.command("ps | grep -c 'sleep 1000$'", "1")
		terminal.command("kill $!; wait $!; echo $?", "143")


@tap.case("boot.console.control_backslash_ends_with_sigquit")
def _(board):
	with Terminal(board) as terminal:
		terminal.type("echo started; sleep 1000\r")
		terminal.expect(r"\nstarted\r+\n")
		terminal.type("\x1c")
		terminal.expect(PROMPT)
		terminal.command("echo status $?", "status 131")


@tap.case("boot.jobs.control_z_stops_and_fg_continues")
def _(board):
	with Terminal(board) as terminal:
		terminal.start("sh -c 'echo started; read x; echo got $x'")
		terminal.stop(1, "sh -c '[^\r\n]*'")
		terminal.command("echo status $?", "status 146")
		terminal.type("fg\r")
		terminal.expect(r"\nsh -c '[^\r\n]*'\r+\n")
		terminal.stop(1, "sh -c '[^\r\n]*'")
		terminal.type("fg\r")
		terminal.expect(r"\nsh -c '[^\r\n]*'\r+\n")
		terminal.type("word\r")
		terminal.expect(r"\ngot word\r+\n")
		terminal.expect(PROMPT)
		terminal.command("jobs; echo none", "none")


@tap.case("boot.jobs.bg_continues_and_the_end_is_told")
def _(board):
	with Terminal(board) as terminal:
		terminal.start("sh -c 'echo started; sleep 1; exit 3'")
		terminal.stop(1, "sh -c '[^\r\n]*'")
		terminal.command("bg", r"\[1\]\+ Running sh -c '[^\r\n]*'")
		terminal.notice(r"\[1\]\+ Done\(3\) sh -c '[^\r\n]*'")
		terminal.command("jobs; echo none", "none")


@tap.case("boot.jobs.a_pipeline_is_one_job")
def _(board):
	with Terminal(board) as terminal:
		terminal.start("sh -c 'echo started; cat' | cat | cat")
		terminal.stop(1, "sh -c '[^\r\n]*' \\| cat \\| cat")
		terminal.command("jobs", r"\[1\]\+ Stopped sh -c '[^\r\n]*' \| cat \| cat")
		terminal.type("fg %sh\r")
		terminal.expect(r"\nsh -c '[^\r\n]*' \| cat \| cat\r+\n")
		terminal.type("line\r")
		terminal.expect(r"line\r+\n.*line\r+\n")
		terminal.type("\x03")
		terminal.expect(PROMPT)
		terminal.command("echo status $?", "status 130")
		terminal.command("ps | grep -c ' cat$'", "0")


@tap.case("boot.jobs.names_find_jobs")
def _(board):
	with Terminal(board) as terminal:
		terminal.type("sleep 1001 &\r")
		terminal.expect(r"\n\[1\] \d+\r+\n")
		terminal.expect(PROMPT)
		terminal.quiet("sleep 1002 &")
		terminal.command("jobs %1", r"\[1\]- Running sleep 1001")
		terminal.command("jobs %%", r"\[2\]\+ Running sleep 1002")
		terminal.command("kill %-; wait %1; echo $?", "143")
		terminal.command("kill -KILL %+; wait %2; echo $?", "137")
		terminal.command("fg %3", "sh: %3: no such job")
		terminal.command("jobs; ps | grep -c 'sleep 100[12]$'", "0")


@tap.case("boot.jobs.reading_in_the_background_stops")
def _(board):
	with Terminal(board) as terminal:
		terminal.quiet("cat &")
		terminal.notice(r"\[1\]\+ Stopped cat")
		terminal.type("fg\r")
		terminal.expect(r"\ncat\r+\n")
		terminal.type("typed\r")
		terminal.expect(r"typed\r+\n.*typed\r+\n")
		terminal.type("\x04")
		terminal.expect(PROMPT)
		terminal.command("echo status $?", "status 0")


@tap.case("boot.jobs.control_c_leaves_loops_and_builtins")
def _(board):
	with Terminal(board) as terminal:
		terminal.start("echo started; while :; do :; done")
		terminal.type("\x03")
		terminal.expect(PROMPT)
		terminal.command("echo status $?", "status 130")


@tap.case("boot.jobs.an_error_in_a_pipeline_ends_what_was_started_and_not_the_shell")
def _(board):
	with Terminal(board) as terminal:
		terminal.type("echo pid $$\r")
		terminal.expect(r"\npid (\d+)\r+\n")
		pid = terminal.guest.match[1]
		terminal.expect(PROMPT)
		for line in ("sleep 1001 | cat ${x?gone}", "echo $(sleep 1002) | sleep 1003 | cat $(echo ${x?gone}) ${x?gone} | cat"):
			terminal.type(line + "\r")
			terminal.expect(r"\nsh: x: gone\r+\n(.*\n)?Killed\(TERM\)\r+\n\r*\n?")
			terminal.expect(PROMPT)
		terminal.type("echo gone | cat $(ps | wc) ${x?gone}\r") # all that was started has ended
		terminal.expect(r"\nsh: x: gone\r+\n")
		terminal.expect(PROMPT)
		terminal.command("ps | grep -c 'sleep 100[123]$'; jobs; echo pid $$", rf"0\r+\npid {pid}")


@tap.case("boot.jobs.an_error_in_a_pipeline_leaves_no_descriptor_open")
def _(board):
	with Terminal(board) as terminal:
		for _ in range(25): # three descriptors each, of 64
			terminal.type("cat | cat | cat ${x?gone} | cat\r")
			terminal.expect(r"\nsh: x: gone\r+\n")
			terminal.expect(PROMPT)
		terminal.command("echo $(ls / | cat) | wc -l", "1")


@tap.case("boot.jobs.traps_run_at_the_terminal")
def _(board):
	with Terminal(board) as terminal:
		terminal.quiet("trap 'echo caught' USR1")
		terminal.command("kill -USR1 $$", "caught")
		terminal.command("trap", "trap -- 'echo caught' USR1")
		terminal.command("sh -c 'trap \"echo bye\" EXIT; exit 3'; echo $?", r"bye\r+\n3")


@tap.case("boot.poweroff.ends_the_emulator")
def _(board):
	with Terminal(board) as terminal:
		terminal.type("poweroff\r")
		terminal.expect(pexpect.EOF)
		terminal.guest.close()
		tap.equal(terminal.guest.exitstatus, 0)


tap.main()
