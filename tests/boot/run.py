"""A person at a terminal: boot to the prompt, type, read, leave. The transcript goes through a real pseudo-terminal."""

import os
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


@tap.case("boot.poweroff.ends_the_emulator")
def _(board):
	with Terminal(board) as terminal:
		terminal.type("poweroff\r")
		terminal.expect(pexpect.EOF)
		terminal.guest.close()
		tap.equal(terminal.guest.exitstatus, 0)


tap.main()
