"""Boot a built Sublet in QEMU. Started by tools/run, which has checked the options and built the tree.

Kernel and root file system are copied to a temporary folder first, so that a build in the same tree disturbs nothing;
files and the command are added to a romfs image made there. With a command, the guest's serial line carries the bytes
of the command's standard output as they are, and those of its standard input in a small encoding, because a serial
line has no end: DLE (0x10) is sent twice, and DLE EOT (0x10 0x04) is the end. The guest's exit status is QEMU's.
"""

import argparse
import fcntl
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

import flashimage
import rootfs
import symbolize

STATUS_TIMEOUT = 124
COMMAND_PATH = "etc/command"
DLE = b"\x10"
CHANNEL_OPEN = b"\x11"
END_OF_INPUT = b"\x10\x04"
CHUNK = 65536
GDB_PORT = 1234
EM_RISCV = 243


def say(text):
	print("tools/run: " + text, file=sys.stderr, flush=True)


def fail(text, status=1):
	say(text)
	sys.exit(status)


def make_parser(prog):
	parser = argparse.ArgumentParser(prog=prog)
	parser.add_argument("--build", required=True)
	parser.add_argument("--lock", type=int)
	parser.add_argument("--mem")
	parser.add_argument("--timeout", type=float)
	parser.add_argument("--file", action="append", default=[])
	parser.add_argument("--command")
	parser.add_argument("--flash")
	parser.add_argument("--icount", action="store_true")
	parser.add_argument("--gdb", action="store_true")
	return parser


def read_config(build):
	try:
		with open(os.path.join(build, "run.conf"), encoding="utf-8") as rows:
			return dict(row.rstrip("\n").split("=", 1) for row in rows if "=" in row)
	except FileNotFoundError:
		fail("nothing is built in " + build)


def guest_path(spec):
	"""Split FILE[:GUESTPATH] into the host's path and the guest's, relative to its root."""
	host, _, guest = spec.partition(":")
	name = os.path.basename(host)
	guest = guest or "/host/" + name
	if guest.endswith("/"):
		guest += name
	parts = [part for part in guest.split("/") if part not in ("", ".")]
	if not parts or ".." in parts:
		fail(f"-f {spec}: '{guest}' is not a path for the guest")
	return host, "/".join(parts)


def add_host_file(staging, spec):
	host, guest = guest_path(spec)
	mode = 0o755 if os.access(host, os.X_OK) else 0o644
	try:
		rootfs.add_file(host, staging, guest, mode)
	except OSError as error:
		fail(f"-f {spec}: {error.strerror}")


def make_rootfs(arguments, image):
	"""The image of the build as it is, or one with the files and the command added."""
	if not arguments.file and arguments.command is None:
		shutil.copyfile(os.path.join(arguments.build, "rootfs.img"), image)
		return
	staging = os.path.join(os.path.dirname(image), "rootfs")
	shutil.copytree(os.path.join(arguments.build, "rootfs"), staging, symlinks=True)
	for spec in arguments.file:
		add_host_file(staging, spec)
	if arguments.command is not None:
		path = os.path.join(staging, COMMAND_PATH)
		os.makedirs(os.path.dirname(path), exist_ok=True)
		with open(path, "wb") as file:
			file.write(os.fsencode(arguments.command))
	rootfs.make_image(staging, image)


def pad_image(image, size):
	if os.path.getsize(image) > size:
		fail(f"the root file system has {os.path.getsize(image)} bytes, and the board has room for {size}")
	os.truncate(image, size)


def write_chip(path, size, content):
	"""A flash chip in a file: erased when it is new, with `content` from its start on; what lies behind that stays."""
	if not os.path.exists(path):
		with open(path, "wb") as file:
			for done in range(0, size, CHUNK):
				file.write(flashimage.ERASED * min(CHUNK, size - done))
	if os.path.getsize(path) != size:
		fail(f"--flash {path}: {os.path.getsize(path)} bytes, and the chip has {size}")
	with open(path, "r+b") as file:
		file.write(content)


def make_chips(arguments, config, folder):
	"""The flash chips of a board that boots from flash. The last one is the one that --flash keeps."""
	files = {"kernel": os.path.join(folder, "sublet.elf"), "rootfs": os.path.join(folder, "rootfs.img")}
	if "{loader}" in config["options"]:
		files["loader"] = os.path.join(folder, "loader.elf")
	image = flashimage.make(config["layout"], config["release"], files)
	chips = [("flash.img", flashimage.parse_layout(config["layout"]).size, image)]
	if "{data}" in config["options"]:
		chips.append(("data.img", int(config["data_size"]), b""))
	for name, size, content in chips:
		path = os.path.join(folder, name)
		if arguments.flash and name == chips[-1][0]:
			os.symlink(os.path.abspath(arguments.flash), path)
			path = arguments.flash
		try:
			write_chip(path, size, content)
		except OSError as error:
			fail(f"{path}: {error.strerror}")


def wrap_image(image, address, path):
	"""An ELF file that loads the image at the address: QEMU's loader takes other files only up to the size of RAM."""
	with open(image, "rb") as file:
		content = file.read()
	header = struct.pack("<4s5B7xHHIIIIIHHHHHH", b"\x7fELF", 1, 1, 1, 0, 0, 2, EM_RISCV, 1, address, 52, 0, 0, 52, 32, 1, 0, 0, 0)
	segment = struct.pack("<8I", 1, 52 + 32, address, address, len(content), len(content), 4, 4)
	with open(path, "wb") as file:
		file.write(header + segment + content)


def machine_command(arguments, config, folder):
	"""The emulator with the machine's memory in `folder`, without what it is connected to."""
	names = {"{kernel}": "sublet.elf", "{rootfs}": "rootfs.img", "{rootfs.elf}": "rootfs.elf", "{flash}": "flash.img",
		"{data}": "data.img", "{loader}": "loader.elf"}
	files = {name: os.path.join(folder, file) for name, file in names.items()}
	if "{rootfs.elf}" in config["options"]:
		wrap_image(files["{rootfs}"], int(config["rootfs_address"], 16), files["{rootfs.elf}"])
	command = [config["system"], "-M", config["machine"], "-m", arguments.mem or config["memory"], "-display", "none", "-no-reboot"]
	for option in config["options"].split():
		for name, path in files.items():
			option = option.replace(name, path)
		command.append(option)
	if arguments.icount:
		command += ["-icount", "shift=0"]
	return command


def qemu_command(arguments, config, folder):
	command = machine_command(arguments, config, folder)
	if arguments.gdb:
		command += ["-s", "-S"]
	if arguments.command is None:
		return command + ["-serial", "mon:stdio"]
	return command + ["-monitor", "none", "-chardev", "stdio,id=console,signal=off", "-serial", "chardev:console"]


class Input:
	"""Standard input on its way to the guest: read as it comes, encoded, written as the guest takes it."""

	def __init__(self, source, sink):
		self.source = source
		self.sink = sink
		self.pending = b""
		os.set_blocking(sink, False)

	def wants_read(self):
		return self.source is not None and not self.pending

	def read(self):
		try:
			data = os.read(self.source, CHUNK)
		except OSError:
			data = b""
		self.pending = data.replace(DLE, DLE + DLE) if data else END_OF_INPUT
		if not data:
			self.source = None

	def write(self):
		try:
			self.pending = self.pending[os.write(self.sink, self.pending):]
		except BlockingIOError:
			pass
		except BrokenPipeError:
			self.pending = b""
			self.source = None


def standard_input():
	"""The descriptor of standard input, or /dev/null when it was closed."""
	try:
		fcntl.fcntl(0, fcntl.F_GETFD)
		return 0
	except OSError:
		return os.open(os.devnull, os.O_RDONLY)


def write_all(data, descriptor=1):
	while data:
		try:
			data = data[os.write(descriptor, data):]
		except BlockingIOError:
			select.select([], [descriptor], [])


class Output:
	"""What the guest says: the command's output after the byte with which the host channel opens, complaints before it.
	Addresses in reports of the kernel get their names."""

	def __init__(self, programs):
		self.open = False
		self.names = symbolize.Filter(programs)

	def take(self, data):
		if not self.open:
			before, mark, data = data.partition(CHANNEL_OPEN)
			write_all(before, 2)
			self.open = bool(mark)
		write_all(self.names.take(data))

	def end(self):
		write_all(self.names.rest())


def relay(process, deadline, programs):
	"""Carry bytes both ways until the guest's output ends; False when the time is over first."""
	feed = Input(standard_input(), process.stdin.fileno())
	output = process.stdout.fileno()
	guest = Output(programs)
	while True:
		left = None if deadline is None else deadline - time.monotonic()
		if left is not None and left <= 0:
			return False
		readers = [output] + ([feed.source] if guest.open and feed.wants_read() else [])
		writers = [feed.sink] if feed.pending else []
		readable, writable, _ = select.select(readers, writers, [], left)
		if writable:
			feed.write()
		if output in readable:
			data = os.read(output, CHUNK)
			if not data:
				guest.end()
				return True
			guest.take(data)
		if feed.source in readable:
			feed.read()


def stop(process):
	"""End our own emulator; it has nothing to save, and killed it says nothing."""
	if process.poll() is None:
		process.kill()
		process.wait()


def wait_deadline(process, deadline):
	try:
		process.wait(None if deadline is None else max(0, deadline - time.monotonic()))
		return True
	except subprocess.TimeoutExpired:
		return False


def run_command(command, deadline, programs):
	"""A guest with a command: its bytes on our descriptors."""
	process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
	try:
		return relay(process, deadline, programs) and wait_deadline(process, deadline), process
	finally:
		stop(process)


def run_prompt(command, deadline, _programs):
	"""A guest with a prompt: QEMU has the terminal; what it changed there is put back if it cannot do so itself."""
	saved = termios.tcgetattr(0) if os.isatty(0) else None
	process = subprocess.Popen(command)
	try:
		return wait_deadline(process, deadline), process
	finally:
		stop(process)
		if saved:
			termios.tcsetattr(0, termios.TCSADRAIN, saved)


def programs_of(arguments):
	"""Where the names of programs are: beside the files of -f, and in the build."""
	files = [(host, os.path.basename(guest)) for host, guest in map(guest_path, arguments.file)]
	return symbolize.Programs([os.path.join(arguments.build, part) for part in ("apps", "tests", "ports")], files)


def boot(arguments, config, folder):
	command = qemu_command(arguments, config, folder)
	if arguments.gdb:
		elf = os.path.join(arguments.build, "sublet.elf")
		say(f"waiting for a debugger: gdb-multiarch {elf} -ex 'target remote localhost:{GDB_PORT}'")
	deadline = None if arguments.timeout is None else time.monotonic() + arguments.timeout
	start = run_prompt if arguments.command is None else run_command
	try:
		in_time, process = start(command, deadline, programs_of(arguments))
	except FileNotFoundError:
		fail(f"{command[0]} is not installed: run tools/setup")
	if not in_time:
		fail(f"timed out after {arguments.timeout:g} s", STATUS_TIMEOUT)
	return process.returncode if process.returncode >= 0 else 128 - process.returncode


def die_by_signal(number, _frame):
	sys.exit(128 + number)


def prepare(arguments, config, folder):
	"""Copy what is built into `folder`, with the files and the command added, and let the next build begin."""
	image = os.path.join(folder, "rootfs.img")
	try:
		for name in ["sublet.elf"] + (["loader.elf"] if "{loader}" in config["options"] else []):
			shutil.copyfile(os.path.join(arguments.build, name), os.path.join(folder, name))
		make_rootfs(arguments, image)
	except FileNotFoundError as error:
		fail(f"not built: {error.filename}")
	if "{flash}" in config["options"]:
		make_chips(arguments, config, folder)
	else:
		pad_image(image, int(config["rootfs_size"], 0))
	if arguments.lock is not None:
		os.close(arguments.lock)


def main():
	arguments = make_parser("run.py").parse_args()
	config = read_config(arguments.build)
	if not config["machine"]:
		fail("QEMU does not have this board")
	if arguments.flash and "{flash}" not in config["options"]:
		fail("--flash: this board does not boot from flash")
	for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
		signal.signal(number, die_by_signal)
	with tempfile.TemporaryDirectory(prefix="sublet-run-") as folder:
		prepare(arguments, config, folder)
		sys.exit(boot(arguments, config, folder))


if __name__ == "__main__":
	try:
		main()
	except flashimage.ImageError as error:
		fail(f"flash image: {error}")
