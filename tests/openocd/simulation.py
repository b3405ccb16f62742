"""A QEMU machine with the simulated debug port in front of it, for tests. Everything is on Unix sockets in a temporary folder."""

import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SECONDS = 30


class Timeout(Exception):
	"""What was waited for did not come."""


def wait_readable(descriptor, deadline, what):
	if not select.select([descriptor], [], [], max(0, deadline - time.monotonic()))[0]:
		raise Timeout(f"{what}: nothing came")


class Console:
	"""The machine's UART."""

	def __init__(self, path):
		self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
		self.socket.connect(path)
		self.text = ""

	def expect(self, text, seconds=SECONDS):
		"""Wait until the machine has said this; what follows is kept for the next time."""
		deadline = time.monotonic() + seconds
		while text not in self.text:
			wait_readable(self.socket, deadline, f"waiting for {text!r} on the console, which says {self.text[-400:]!r}")
			data = self.socket.recv(4096)
			if not data:
				raise Timeout(f"the console ended before {text!r}; it says {self.text[-400:]!r}")
			self.text += data.decode("utf-8", "replace")
		self.text = self.text.partition(text)[2]

	def type(self, text):
		self.socket.sendall(text.encode())


class Simulation:
	"""`command` is QEMU's command line without sockets, console and monitor; `port_options` are those of port.py."""

	def __init__(self, command, port_options):
		self.folder = tempfile.mkdtemp(prefix="sublet-openocd-")
		self.command = command
		self.port_options = port_options
		self.processes = []
		self.console = None
		self.port = None

	def path(self, name):
		return os.path.join(self.folder, name)

	def __enter__(self):
		try:
			self._start_machine()
			self._start_port()
		except BaseException:
			self.__exit__()
			raise
		return self

	def __exit__(self, *_):
		for process in reversed(self.processes):
			process.kill()
			process.wait()
			if process.stdout:
				process.stdout.close()
		if self.console:
			self.console.socket.close()
		shutil.rmtree(self.folder)

	def _start_machine(self):
		sockets = {name: f"unix:{self.path(name)},server=on,wait=off" for name in ("gdb", "qtest", "qmp")}
		command = [*self.command, "-S", "-display", "none", "-monitor", "none", "-gdb", sockets["gdb"],
			"-qtest", sockets["qtest"], "-qtest-log", "none", "-qmp", sockets["qmp"],
			"-chardev", f"socket,id=console,path={self.path('console')},server=on,wait=off", "-serial", "chardev:console"]
		machine = subprocess.Popen(command, stdin=subprocess.DEVNULL)
		self.processes.append(machine)
		deadline = time.monotonic() + SECONDS
		while not all(os.path.exists(self.path(name)) for name in ("gdb", "qtest", "qmp", "console")):
			if machine.poll() is not None or time.monotonic() > deadline:
				raise Timeout("the emulator did not start")
			time.sleep(0.01)
		self.console = Console(self.path("console"))

	def _start_port(self):
		command = [sys.executable, os.path.join(HERE, "port.py"), "--listen", self.path("port"), "--gdb", self.path("gdb"),
			"--qtest", self.path("qtest"), "--qmp", self.path("qmp"), *self.port_options]
		self.port = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8")
		self.processes.append(self.port)
		self.port_says("ready")

	def port_says(self, text):
		wait_readable(self.port.stdout, time.monotonic() + SECONDS, "the simulated debug port")
		line = self.port.stdout.readline().rstrip()
		if line != text:
			raise Timeout(f"the simulated debug port said {line!r} instead of {text!r}")

	def environment(self):
		"""For whoever starts OpenOCD with sim.cfg."""
		return dict(os.environ, SUBLET_SIM_SOCKET=self.path("port"))
