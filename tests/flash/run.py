"""Flash images: the tool that makes them on every board; on the boards that boot from flash, booting from good ones and refusing bad ones."""

import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

import pexpect

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools/lib"))
import flashimage
import run
import tap

TOOL = os.path.join(tap.ROOT, "tools/lib/flashimage.py")
LAYOUT = "base=0x20000000 size=1M erase=4K kernel=0:4K+64K rootfs=0:68K+128K data=1:0+1M,rw"


def layout_with(old, new):
	tap.true(old in LAYOUT, f"the layout has no {old}")
	return LAYOUT.replace(old, new)


def elf(address, content, width=32):
	"""The smallest executable: one segment."""
	if width == 32:
		header = struct.pack("<16sHHIIIIIHHH", b"\x7fELF\x01\x01\x01", 2, 243, 1, address, 52, 0, 0, 52, 32, 1)
		segment = struct.pack("<8I", 1, 84, address, address, len(content), len(content), 5, 4)
		return header.ljust(52, b"\0") + segment + content
	header = struct.pack("<16sHHIQQQIHHH", b"\x7fELF\x02\x01\x01", 2, 243, 1, address, 64, 0, 0, 64, 56, 1)
	segment = struct.pack("<IIQQQQQQ", 1, 5, 120, address, address, len(content), len(content), 4)
	return header.ljust(64, b"\0") + segment + content


def make(layout, kernel, rootfs=b"-rom1fs-"):
	"""Run the tool; returns the process and the image, None where there is no file."""
	with tempfile.TemporaryDirectory(prefix="sublet-flash-") as folder:
		paths = {name: os.path.join(folder, name) for name in ("kernel", "rootfs", "out")}
		for name, content in (("kernel", kernel), ("rootfs", rootfs)):
			with open(paths[name], "wb") as file:
				file.write(content)
		result = subprocess.run([sys.executable, TOOL, "make", layout, "1.2.3", paths["out"], "kernel=" + paths["kernel"],
			"rootfs=" + paths["rootfs"]], capture_output=True, encoding="utf-8", check=False)
		if not os.path.exists(paths["out"]):
			return result, None
		with open(paths["out"], "rb") as file:
			return result, file.read()


def refuses(layout, kernel, text):
	result, image = make(layout, kernel)
	tap.equal(result.returncode, 1)
	tap.equal(image, None)
	tap.true(text in result.stderr and result.stderr.count("\n") == 1, f"said {result.stderr!r}, expected one line with {text!r}")


GOOD = elf(0x20001000, b"kernel bytes")


@tap.case("flash.image.holds_each_part_at_its_place")
def _(_):
	for width in (32, 64):
		result, image = make(LAYOUT, elf(0x20001000, b"kernel bytes", width))
		tap.equal(result.stderr, "")
		tap.equal(image[0x1000:0x100c], b"kernel bytes")
		tap.equal(image[68 << 10:][:8], b"-rom1fs-")
		tap.equal(len(image), 72 << 10)
		tap.equal(set(image[0x2000:68 << 10]), {0xff})


@tap.case("flash.image.table_says_what_is_where")
def _(_):
	_, image = make(LAYOUT, GOOD)
	layout, release = flashimage.parse_table(image)
	tap.equal((release, layout.erase, layout.size), ("1.2.3", 4096, 1 << 20))
	tap.equal([part.name for part in layout.parts], ["kernel", "rootfs", "data"])
	kernel = layout.part("kernel")
	tap.equal((kernel.length, kernel.crc, kernel.load), (12, zlib.crc32(b"kernel bytes"), 0x20001000))
	tap.equal((layout.part("data").bank, layout.part("data").flags), (1, flashimage.WRITABLE))


@tap.case("flash.image.says_where_a_loader_copies_a_part")
def _(_):
	_, image = make(layout_with("+128K", "+128K@0x80000000"), GOOD)
	layout, _ = flashimage.parse_table(image)
	tap.equal(layout.part("rootfs").load, 0x80000000)
	tap.equal(layout.part("kernel").load, 0x20001000)


@tap.case("flash.image.begins_with_a_jump_to_the_kernel")
def _(_):
	_, image = make(LAYOUT, GOOD)
	tap.equal(struct.unpack_from("<I", image)[0], 0x0000106F)  # jal x0, 0x1000
	tap.equal(flashimage.jump_to(0x40000), 0x0004006F)
	tap.equal(flashimage.jump_to(0x800), 0x0010006F)


@tap.case("flash.image.is_the_same_for_the_same_parts")
def _(_):
	tap.equal(make(LAYOUT, GOOD)[1], make(LAYOUT, GOOD)[1])


@tap.case("flash.image.damage_is_found_wherever_it_is")
def _(_):
	_, image = make(LAYOUT, GOOD)
	for offset in (5, 8, 30, 39, 60, 0x1003, 68 << 10):
		damaged = bytearray(image)
		damaged[offset] ^= 1
		try:
			layout, _ = flashimage.parse_table(damaged)
			for part in layout.parts:
				if part.bank == 0:
					flashimage.content_of(damaged, part)
		except flashimage.ImageError:
			continue
		raise tap.Failure(f"a wrong bit at {offset:#x} was not noticed")


@tap.case("flash.image.bad_input_is_refused_in_one_line")
def _(_):
	refuses(LAYOUT, elf(0x80000000, b"kernel"), "made for 0x80000000")
	refuses(LAYOUT, elf(0x20001000, bytes(65537)), "room for 65536")
	refuses(LAYOUT, GOOD[:60], "damaged ELF")
	refuses(layout_with("kernel=0:4K", "kernel=0:5K"), GOOD, "whole erase blocks")
	refuses(layout_with("rootfs=0:68K", "rootfs=0:64K"), GOOD, "overlap")
	refuses(layout_with("kernel=0:4K", "kernel=0:0"), GOOD, "overlap")
	refuses(layout_with("+128K", "+2M"), GOOD, "ends behind the bank")
	refuses(layout_with("erase=4K", "erase=3K"), GOOD, "power of two")
	refuses(layout_with("erase=4K ", ""), GOOD, "all needed")
	refuses(layout_with("kernel=", "colonel="), GOOD, "no partition 'kernel'")
	refuses(layout_with("+1M,rw", "+1M,wr"), GOOD, "NAME=BANK:OFFSET+SIZE")
	refuses(layout_with("+128K", "+128K@x"), GOOD, "not a number")
	refuses(layout_with("size=1M", "size=1X"), GOOD, "not a number")


def build_of(board, name=""):
	return os.path.join(tap.ROOT, "build", os.environ.get("SUBLET_PRESET", board), name)


def configuration(board):
	return run.read_config(build_of(board))


def on_flash_board(board):
	if "{flash}" not in configuration(board)["options"]:
		raise tap.Skip("this board does not boot from flash")


def has_loader(board):
	return "{loader}" in configuration(board)["options"]


@tap.case("flash.boot.runs_kernel_and_programs_in_place")
def _(board):
	on_flash_board(board)
	if has_loader(board):
		raise tap.Skip("a loader copies this board's programs to RAM")
	result = tap.run(board, "cat /proc/self/maps; ls /bin | grep -c s")
	tap.equal(result.returncode, 0)
	tap.true(result.stdout.startswith(b"20"), f"text of a program is not in flash: {result.stdout!r}")


def machine(board, folder):
	"""Make the board's flash chips in `folder`; returns the emulator's command line, whose console is its standard input and output."""
	config = configuration(board)
	arguments = run.make_parser("tests/flash").parse_args(["--build", build_of(board)])
	run.prepare(arguments, config, folder)
	return run.qemu_command(arguments, config, folder)


def boot_damaged(board, partition, offset):
	"""Boot the board's image with one bit wrong: at `offset` of a partition, or of the table. Returns status and output."""
	with tempfile.TemporaryDirectory(prefix="sublet-flash-") as folder:
		command = machine(board, folder)
		with open(os.path.join(folder, "flash.img"), "r+b") as file:
			layout, _ = flashimage.parse_table(file.read(4096))
			file.seek(offset + (layout.part(partition).offset if partition else 0))
			byte = file.read(1)[0]
			file.seek(-1, os.SEEK_CUR)
			file.write(bytes([byte ^ 1]))
		result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
	return result.returncode, result.stdout


@tap.case("flash.boot.damaged_table_is_refused")
def _(board):
	on_flash_board(board)
	for offset in (4, 20, 40, 60):
		status, output = boot_damaged(board, None, offset)
		tap.equal(status, 125)
		tap.true(re.search(rb"(flash|loader): .*no layout table", output), f"a wrong bit at {offset} of the table: the console shows {output!r}")


@tap.case("flash.boot.loader_starts_nothing_whose_sum_is_wrong")
def _(board):
	on_flash_board(board)
	if not has_loader(board):
		raise tap.Skip("this board has no loader")
	for partition, offset in (("kernel", 0), ("kernel", 40000), ("rootfs", 300000)):
		status, output = boot_damaged(board, partition, offset)
		tap.equal((status, output.strip()), (125, b"loader: " + partition.encode() + b": the sum is wrong"))


@tap.case("flash.boot.root_file_system_without_its_magic_is_refused")
def _(board):
	on_flash_board(board)
	if has_loader(board):
		raise tap.Skip("the loader finds that by the sum")
	status, output = boot_damaged(board, "rootfs", 0)
	tap.equal(status, 125)
	tap.true(b"not a romfs image" in output, f"the console shows {output!r}")


@tap.case("flash.boot.runs_a_pipeline_in_24_kib_of_ram")
def _(board):
	if board != "qemu-virt32-flash":
		raise tap.Skip("the smallest memory is that of qemu-virt32-flash")
	names = [name for name in os.listdir(build_of(board, "rootfs/bin")) if name.startswith("f")]
	result = tap.run(board, "ls /bin | grep '^f' | wc -l", "--mem", "24K")
	tap.equal((result.returncode, result.stdout.strip()), (0, str(len(names)).encode()))


@tap.case("flash.check.sums_up_what_was_booted_from")
def _(board):
	on_flash_board(board)
	result = tap.run(board, "flash check")
	tap.equal(result.returncode, 0)
	tap.true(b"\nkernel: " in result.stdout and b"\nrootfs: " in result.stdout, f"said {result.stdout!r}")


@tap.case("flash.data.lasts_when_the_machine_ends")
def _(board):
	on_flash_board(board)
	with tempfile.TemporaryDirectory(prefix="sublet-flash-") as folder:
		chip = os.path.join(folder, "chip.img")
		first = tap.run(board, "flash erase data && flash write /bin/sh data && head -c 8192 /dev/mtd4 | wc -c", "--flash", chip)
		tap.equal((first.returncode, first.stdout.strip()), (0, b"8192"))
		with open(build_of(board, "rootfs/bin/sh"), "rb") as file:
			program = file.read()
		with open(chip, "rb") as file:
			file.seek(flashimage.parse_layout(configuration(board)["layout"]).part("data").offset)
			tap.true(file.read(len(program)) == program, "the chip holds other bytes than the program")
		second = tap.run(board, f"head -c {len(program)} /dev/mtd4 >/tmp/sh; chmod 755 /tmp/sh; /tmp/sh -c 'echo from flash'",
			"--flash", chip)
		tap.equal((second.returncode, second.stdout), (0, b"from flash\n"))


@tap.case("flash.data.lasts_over_a_restart")
def _(board):
	on_flash_board(board)
	with tempfile.TemporaryDirectory(prefix="sublet-flash-") as folder:
		command = [word for word in machine(board, folder) if word != "-no-reboot"]
		guest = pexpect.spawn(command[0], command[1:], encoding="utf-8", timeout=30)
		try:
			guest.expect(r"[$] $")
			guest.send("echo was kept >/tmp/k; flash write /tmp/k data; poweroff -r\r")
			guest.expect(r"Welcome.*[$] $")
			guest.send("head -c 8 /dev/mtd4; poweroff\r")
			guest.expect("\nwas kept")
			guest.expect(pexpect.EOF)
		except (pexpect.TIMEOUT, pexpect.EOF) as error:
			raise tap.Failure(f"{type(error).__name__}; the console shows {guest.before!r}") from error
		finally:
			guest.close(force=True)


@tap.case("flash.data.begins_erased_and_is_forgotten_without_a_file")
def _(board):
	on_flash_board(board)
	for _attempt in range(2):
		result = tap.run(board, "hexdump -n 16 /dev/mtd4; echo mark >/tmp/m; flash write /tmp/m data; head -c 5 /dev/mtd4")
		tap.true(result.stdout.count(b"ff") == 16 and result.stdout.endswith(b"mark\n"), f"said {result.stdout!r}")


@tap.case("flash.command.refuses_what_it_cannot_do_in_one_line")
def _(board):
	on_flash_board(board)
	for command, text in (("flash write /etc/motd kernel", b"flash: kernel: Read-only file system"),
			("flash erase nothing", b"flash: nothing: No such file"),
			("flash erase data 1", b"flash: data: Invalid argument"),
			("flash erase data x", b"flash: x: not a number"),
			("flash write /no/such data", b"flash: /no/such: No such file")):
		result = tap.run(board, command)
		tap.equal(result.returncode, 1)
		tap.true(text in result.stdout and result.stdout.count(b"\n") == 1, f"{command}: said {result.stdout!r}")


@tap.case("flash.run.a_chip_of_another_size_is_refused")
def _(board):
	on_flash_board(board)
	result = tap.run(board, "true", "--flash", TOOL)
	tap.equal(result.returncode, 1)
	tap.true(b"--flash" in result.stderr and result.stderr.count(b"\n") == 1, f"said {result.stderr!r}")


tap.main()
