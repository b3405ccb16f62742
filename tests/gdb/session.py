"""gdb as a person has it, started by the verb debug, and the console of the machine: every wait is for what one of them says."""

import os
import re
import select
import signal
import subprocess
import sys
import time
import tty

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools/lib"))
import tap

SECONDS = 60
PROMPT = "(gdb) "


def take(descriptor, deadline, what, text):
	"""More bytes of a descriptor."""
	if not select.select([descriptor], [], [], max(0, deadline - time.monotonic()))[0]:
		raise tap.Failure(f"{what}: nothing came; there was {text[-1500:]!r}")
	data = os.read(descriptor, 4096)
	if not data:
		raise tap.Failure(f"{what}: it ended; there was {text[-1500:]!r}")
	return data.decode("utf-8", "replace")


class Terminal:
	"""The pseudo-terminal that is the machine's console."""

	def __init__(self, path):
		self.descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY)
		tty.setraw(self.descriptor)
		self.text = ""

	def expect(self, text):
		deadline = time.monotonic() + SECONDS
		while text not in self.text:
			self.text += take(self.descriptor, deadline, f"waiting for {text!r} on the console", self.text)
		self.text = self.text.partition(text)[2]

	def type(self, text):
		os.write(self.descriptor, text.encode())


class Gdb:
	"""tools/run ... debug with its commands through a pipe. `options` are those of tools/run."""

	def __init__(self, board, *options, environment=None):
		command = [tap.RUN, "--board", board, *options, "debug"]
		self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0,
			env=dict(tap.environment(), **(environment or {})))
		self.console = None
		self.text = ""
		self.runs = False # a command that was started has not been answered

	def __enter__(self):
		try:
			said = self.read_answer()
			if path := re.search(r"the console: (/dev/\S+)", said):
				self.console = Terminal(path.group(1))
		except BaseException:
			self.__exit__()
			raise
		return self

	def __exit__(self, *_):
		self.process.stdin.close()
		if self.runs: # and gdb sees the end of its commands only when the program stops
			self.process.send_signal(signal.SIGTERM)
		try:
			self.process.wait(SECONDS)
		except subprocess.TimeoutExpired:
			self.process.send_signal(signal.SIGTERM)
			self.process.wait()
		self.process.stdout.close()
		if self.console:
			os.close(self.console.descriptor)

	def start(self, command):
		"""A command that runs until something happens; read_answer waits for it."""
		self.process.stdin.write(command.encode() + b"\n")
		self.runs = True

	def read_answer(self):
		deadline = time.monotonic() + SECONDS
		while not self.text.endswith(PROMPT):
			self.text += take(self.process.stdout.fileno(), deadline, "gdb", self.text)
		answer, self.text = self.text[:-len(PROMPT)], ""
		self.runs = False
		return answer

	def ask(self, command):
		self.start(command)
		return self.read_answer()

	def says(self, command, *patterns):
		"""The answer, after a check that it has lines that match, in this order."""
		answer = self.ask(command)
		place = 0
		for pattern in patterns:
			match = re.compile(pattern, re.MULTILINE).search(answer, place)
			tap.true(match, f"no {pattern!r} in the answer to {command!r}:\n{answer}")
			place = match.end()
		tap.true("Traceback" not in answer and "Python Exception" not in answer, answer)
		return answer
