"""Instructions from reset until the prompt waits for a key, counted by the emulator: in record mode QEMU tells over QMP
how many it has executed, and a machine that waits executes none."""

import argparse
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time

import run
import tap

PROMPT = (b"$ ", b"# ")
SECONDS = 60


class Monitor:
	"""QEMU's machine protocol over a socket."""

	def __init__(self, path):
		self.socket = socket.socket(socket.AF_UNIX)
		self.socket.connect(path)
		self.file = self.socket.makefile("rw", encoding="utf-8")
		self.file.readline()
		self.execute("qmp_capabilities")

	def execute(self, command):
		self.file.write(json.dumps({"execute": command}) + "\n")
		self.file.flush()
		while True:
			answer = json.loads(self.file.readline())
			if "return" in answer:
				return answer["return"]
			tap.true("error" not in answer, f"{command}: {answer}")

	def close(self):
		self.file.close()
		self.socket.close()


def wait_for_prompt(process):
	output, deadline = b"", time.monotonic() + SECONDS
	while not output.endswith(PROMPT):
		data = os.read(process.stdout.fileno(), 4096)
		tap.true(data and time.monotonic() < deadline, f"no prompt after {output!r}")
		output += data


def settled_count(monitor):
	"""The count once it stands still."""
	count = None
	while count != (count := monitor.execute("query-replay")["icount"]):
		time.sleep(0.2)
	return count


def instructions_to_prompt(build):
	config = run.read_config(build)
	with tempfile.TemporaryDirectory(prefix="sublet-boot-") as folder:
		image, monitor_path = os.path.join(folder, "rootfs.img"), os.path.join(folder, "qmp")
		shutil.copyfile(os.path.join(build, "rootfs.img"), image)
		shutil.copyfile(os.path.join(build, "sublet.elf"), os.path.join(folder, "sublet.elf"))
		run.pad_image(image, int(config["rootfs_size"], 0))
		options = argparse.Namespace(command="", mem=None, icount=False, gdb=False)
		command = run.qemu_command(options, config, folder)
		command += ["-icount", f"shift=0,rr=record,rrfile={folder}/replay", "-qmp", f"unix:{monitor_path},server=on,wait=off"]
		with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
			try:
				wait_for_prompt(process)
				monitor = Monitor(monitor_path)
				count = settled_count(monitor)
				monitor.close()
				return count
			finally:
				process.kill()
