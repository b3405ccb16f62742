"""The verb `size`: the kernel by its parts, every program, and, where QEMU has the board, what each byte of RAM is for when the prompt waits.

	size.py BUILD [PROGRAM...]

ram() is for tests: the rows of ram_map.py.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import run

GDB = "gdb-multiarch"
TOOLS = "riscv64-unknown-elf-"
PROMPT = (b"$ ", b"# ")
SECONDS = 60
SECTION = re.compile(r"^ \.(text|rodata|srodata|data|sdata|bss|sbss)\S*\s+0x\w+\s+0x(\w+)\s+(\S+)", re.MULTILINE)
CODE = ("text", "rodata", "srodata")


def parts(build):
	"""[(bytes of code and constants, bytes of data, name)] of the kernel's object files, from the link map."""
	with open(os.path.join(build, "sublet.map"), encoding="utf-8") as file:
		text = file.read().partition("Linker script and memory map")[2]
	sizes = {}
	for section, size, path in SECTION.findall(text):
		name = re.sub(r"^.*CMakeFiles/sublet\.elf\.dir/|^.*/(?=\w+\.a\()|\.obj$", "", path)
		row = sizes.setdefault(name, [0, 0])
		row[section not in CODE] += int(size, 16)
	return sorted(((code, data, name) for name, (code, data) in sizes.items() if code + data), reverse=True)


def wait_for_prompt(machine):
	output, deadline = b"", time.monotonic() + SECONDS
	while not output.endswith(PROMPT):
		data = os.read(machine.stdout.fileno(), 4096)
		if not data or time.monotonic() > deadline:
			run.fail(f"no prompt after {output!r}")
		output += data
	time.sleep(0.5) # the shell still has to go to sleep; what it holds then does not change any more


def ask_gdb(build, stub):
	script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ram_map.py")
	command = [GDB, "-q", "-batch", "-ex", f"target remote {stub}", "-x", script, os.path.join(build, "sublet.elf")]
	result = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", stdin=subprocess.DEVNULL)
	rows = [line.split(" ", 3)[1:] for line in result.stdout.splitlines() if line.startswith("RAM ")]
	if not rows:
		run.fail(f"{GDB}: {result.stderr.strip()}")
	return [(int(row[0]), row[1].replace("_", " "), row[2] if len(row) > 2 else "") for row in rows]


def ram(build):
	"""[(bytes, kind, "PID NAME" or "")] of the machine that waits at its first prompt."""
	config = run.read_config(build)
	with tempfile.TemporaryDirectory(prefix="sublet-size-") as folder:
		arguments = run.make_parser("size.py").parse_args(["--build=" + build])
		run.prepare(arguments, config, folder)
		stub = os.path.join(folder, "gdb")
		command = run.machine_command(arguments, config, folder)
		command += ["-monitor", "none", "-serial", "stdio", "-chardev", f"socket,path={stub},server=on,wait=off,id=gdb", "-gdb", "chardev:gdb"]
		with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as machine:
			try:
				wait_for_prompt(machine)
				return ask_gdb(build, stub)
			finally:
				machine.kill()


def print_parts(build):
	rows = parts(build)
	print("code+const      data  part of the kernel")
	for code, data, name in rows:
		print(f"{code:10} {data:9}  {name}")
	print(f"{sum(row[0] for row in rows):10} {sum(row[1] for row in rows):9}  all\n")


def print_ram(build):
	rows = ram(build)
	print("\n     bytes  RAM when the prompt waits")
	for size, kind, process in rows:
		print(f"{size:10}  {kind}{', process ' + process if process else ''}")
	print(f"{sum(row[0] for row in rows):10}  all")


def main():
	build, programs = sys.argv[1], sys.argv[2:]
	print_parts(build)
	subprocess.run([TOOLS + "size", os.path.join(build, "sublet.elf")], check=True)
	if programs:
		print(flush=True)
		subprocess.run([os.path.join(build, "sdk/bin/sublet-size"), *programs], check=True)
	if not run.read_config(build)["machine"]:
		return
	if shutil.which(GDB):
		print_ram(build)
	else:
		print(f"\n{GDB} is not installed (tools/setup): what RAM is used for is not shown")


if __name__ == "__main__":
	main()
