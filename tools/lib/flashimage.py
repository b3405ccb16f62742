"""Flash images: kernel, root file system and what else a board boots from, behind a table that says where they are.

	flashimage.py make LAYOUT RELEASE OUT NAME=FILE...   write the image of bank 0
	flashimage.py show IMAGE                             print the table and check every sum

LAYOUT is a board's BOARD_FLASH_LAYOUT: words `erase=SIZE`, `size=SIZE` and `base=ADDRESS` of bank 0, and for each partition
`NAME=BANK:OFFSET+SIZE`, with `@ADDRESS` behind it when a loader copies it there, and `,rw` when programs may write it. FILE is an ELF executable, of which the bytes to load are
taken, or anything else as it is. The table's structures are in proc/abi/abi/flash.h; docs/flash.md is the manual.
"""

import os
import struct
import sys
import zlib

MAGIC = 0x54464C53
VERSION = 1
PARTS_MAX = 8
NAME_MAX = 11
WRITABLE = 1
HEADER = struct.Struct("<IIHHII16sI")
ROW = struct.Struct("<12sBBHIIIII")
CRC_OFFSET = HEADER.size - 4
ERASED = b"\xff"
JUMP_REACH = 1 << 20
PROGRAMS = ("loader", "kernel")
UNITS = {"K": 1 << 10, "M": 1 << 20}


class ImageError(Exception):
	"""What is wrong with a layout, a part or an image, in one line."""


class Part:
	"""A partition: whole erase blocks of a bank."""

	def __init__(self, name, bank, offset, size, flags=0, length=0, crc=0, load=0):
		self.name, self.bank, self.offset, self.size = name, bank, offset, size
		self.flags, self.length, self.crc, self.load = flags, length, crc, load

	def row(self):
		return ROW.pack(self.name.encode(), self.bank, self.flags, 0, self.offset, self.size, self.length, self.crc, self.load)

	def geometry(self):
		"""What belongs to the board and not to the content."""
		return self.name, self.bank, self.offset, self.size, self.flags


class Layout:
	"""Geometry of bank 0, and the partitions."""

	def __init__(self, erase, size, base, parts):
		self.erase, self.size, self.base, self.parts = erase, size, base, parts

	def part(self, name):
		for part in self.parts:
			if part.name == name:
				return part
		raise ImageError(f"the layout has no partition '{name}'")


def number(text):
	"""An integer, decimal or 0x, with an optional K or M."""
	factor = UNITS.get(text[-1:], 1)
	try:
		return int(text[:-1] if factor > 1 else text, 0) * factor
	except ValueError:
		raise ImageError(f"layout: '{text}' is not a number") from None


def parse_part(name, text):
	place, _, flag = text.partition(",")
	bank, _, rest = place.partition(":")
	offset, plus, size = rest.partition("+")
	size, _, load = size.partition("@")
	if not plus or flag not in ("", "rw") or not 0 < len(name) <= NAME_MAX:
		raise ImageError(f"layout: '{name}={text}' is not NAME=BANK:OFFSET+SIZE[@ADDRESS][,rw]")
	return Part(name, number(bank), number(offset), number(size), WRITABLE if flag else 0, load=number(load or "0"))


def check_parts(layout):
	"""Whole erase blocks that do not overlap, with the first block of bank 0 left to the table."""
	taken = [(0, 0, layout.erase, "the table")]
	for part in layout.parts:
		if part.offset % layout.erase or part.size % layout.erase or not part.size:
			raise ImageError(f"partition {part.name} is not made of whole erase blocks of {layout.erase} bytes")
		if part.bank == 0 and part.offset + part.size > layout.size:
			raise ImageError(f"partition {part.name} ends behind the bank")
		for bank, start, end, name in taken:
			if part.bank == bank and part.offset < end and part.offset + part.size > start:
				raise ImageError(f"partitions {part.name} and {name} overlap")
		taken.append((part.bank, part.offset, part.offset + part.size, part.name))


def parse_layout(text):
	values, parts = {}, []
	for word in text.split():
		name, equals, value = word.partition("=")
		if not equals:
			raise ImageError(f"layout: '{word}' is not NAME=VALUE")
		if name in ("erase", "size", "base"):
			values[name] = number(value)
		else:
			parts.append(parse_part(name, value))
	if set(values) != {"erase", "size", "base"}:
		raise ImageError("layout: erase=, size= and base= are all needed")
	if values["erase"] < 512 or values["erase"] & (values["erase"] - 1):
		raise ImageError(f"layout: erase={values['erase']} is not a power of two of at least 512")
	if not 0 < len(parts) <= PARTS_MAX:
		raise ImageError(f"layout: {len(parts)} partitions; 1 to {PARTS_MAX} are possible")
	layout = Layout(values["erase"], values["size"], values["base"], parts)
	check_parts(layout)
	return layout


def read_elf(path, data):
	"""Bytes to load, from the lowest physical address on, and that address."""
	wide = data[4] == 2
	start = struct.unpack_from("<Q", data, 32)[0] if wide else struct.unpack_from("<I", data, 28)[0]
	size, count = struct.unpack_from("<HH", data, 54 if wide else 42)
	segments = []
	for i in range(count):
		at = start + i * size
		if wide:
			kind, _, offset, _, address, length = struct.unpack_from("<IIQQQQ", data, at)
		else:
			kind, offset, _, address, length = struct.unpack_from("<IIIII", data, at)
		if kind == 1 and length:
			segments.append((address, data[offset:offset + length]))
	if not segments:
		raise ImageError(f"{path}: the executable has nothing to load")
	base = min(address for address, _ in segments)
	image = bytearray(max(address + len(content) for address, content in segments) - base)
	for address, content in segments:
		image[address - base:address - base + len(content)] = content
	return bytes(image), base


def read_content(path, place):
	"""The bytes of a part and the address they are made for; `place` for those that do not say."""
	try:
		with open(path, "rb") as file:
			data = file.read()
	except OSError as error:
		raise ImageError(f"{path}: {error.strerror}") from None
	if data[:4] != b"\x7fELF":
		return data, place
	try:
		return read_elf(path, data)
	except struct.error:
		raise ImageError(f"{path}: a damaged ELF file") from None


def jump_to(offset):
	"""The instruction jal x0, offset (unprivileged specification 2.5)."""
	if offset >= JUMP_REACH:
		raise ImageError(f"the first program lies at {offset:#x}, out of reach of a jump from the table")
	return ((offset >> 1 & 0x3FF) << 21 | (offset >> 11 & 1) << 20 | (offset >> 12 & 0xFF) << 12) | 0x6F


def first_program(layout):
	for name in PROGRAMS:
		for part in layout.parts:
			if part.name == name and part.bank == 0:
				return part
	raise ImageError("the layout has neither a loader nor a kernel in bank 0")


def pack_table(layout, release):
	if len(release.encode()) > 15:
		raise ImageError(f"release '{release}' is longer than 15 bytes")
	table = bytearray(HEADER.pack(jump_to(first_program(layout).offset), MAGIC, VERSION, len(layout.parts), layout.erase,
		layout.size, release.encode(), 0))
	for part in layout.parts:
		table += part.row()
	struct.pack_into("<I", table, CRC_OFFSET, zlib.crc32(table))
	return bytes(table)


def place(layout, image, part, path):
	content, part.load = read_content(path, part.load or layout.base + part.offset)
	if part.bank != 0:
		raise ImageError(f"partition {part.name} is in bank {part.bank}; an image holds bank 0")
	if len(content) > part.size:
		raise ImageError(f"{path}: {len(content)} bytes, and partition {part.name} has room for {part.size}")
	part.length, part.crc = len(content), zlib.crc32(content)
	end = part.offset + part.length
	image.extend(ERASED * (end - len(image)))
	image[part.offset:end] = content


def make(layout_text, release, files):
	"""The image of bank 0 as bytes, whole erase blocks; `files` is a dictionary of partition and file."""
	layout = parse_layout(layout_text)
	image = bytearray(ERASED * layout.erase)
	for name, path in files.items():
		place(layout, image, layout.part(name), path)
	first = first_program(layout)
	if first.name == "kernel" and first.length and first.load != layout.base + first.offset:
		raise ImageError(f"{files['kernel']}: made for {first.load:#x}, but partition kernel lies at "
			f"{layout.base + first.offset:#x} and no loader moves it")
	table = pack_table(layout, release)
	image[:len(table)] = table
	image.extend(ERASED * (-len(image) % layout.erase))
	return bytes(image)


def parse_table(image):
	"""The layout that the table of an image describes, and its release. The table's own sum is checked, no content is."""
	if len(image) < HEADER.size:
		raise ImageError("shorter than a table")
	_, magic, version, count, erase, size, release, crc = HEADER.unpack_from(image)
	if magic != MAGIC:
		raise ImageError("no layout table: the magic number is missing")
	if version != VERSION:
		raise ImageError(f"the table has version {version}, not {VERSION}")
	end = HEADER.size + count * ROW.size
	if not 0 < count <= PARTS_MAX or end > len(image):
		raise ImageError(f"the table has {count} partitions")
	if zlib.crc32(image[:CRC_OFFSET] + bytes(4) + image[HEADER.size:end]) != crc:
		raise ImageError("the sum of the table is wrong")
	parts = []
	for i in range(count):
		name, bank, flags, _, offset, room, length, part_crc, load = ROW.unpack_from(image, HEADER.size + i * ROW.size)
		parts.append(Part(name.rstrip(b"\0").decode(), bank, offset, room, flags, length, part_crc, load))
	return Layout(erase, size, 0, parts), release.rstrip(b"\0").decode()


def content_of(image, part):
	content = image[part.offset:part.offset + part.length]
	if len(content) != part.length or zlib.crc32(content) != part.crc:
		raise ImageError(f"the sum of partition {part.name} is wrong")
	return content


def show(path):
	with open(path, "rb") as file:
		image = file.read()
	layout, release = parse_table(image)
	print(f"release {release}, erase blocks of {layout.erase} bytes, bank 0 of {layout.size}")
	for part in layout.parts:
		if part.bank == 0:
			content_of(image, part)
		print(f"{part.name:<{NAME_MAX}} bank {part.bank} offset {part.offset:#010x} size {part.size:#010x} "
			f"length {part.length:#010x} crc {part.crc:08x} load {part.load:#010x}{' rw' if part.flags & WRITABLE else ''}")


def write(path, image):
	"""The file appears whole or not at all."""
	with open(path + ".partial", "wb") as file:
		file.write(image)
	os.replace(path + ".partial", path)


def main():
	if len(sys.argv) == 3 and sys.argv[1] == "show":
		show(sys.argv[2])
	elif len(sys.argv) > 5 and sys.argv[1] == "make" and all("=" in word for word in sys.argv[5:]):
		layout, release, out = sys.argv[2:5]
		write(out, make(layout, release, dict(word.split("=", 1) for word in sys.argv[5:])))
	else:
		print(__doc__, file=sys.stderr)
		sys.exit(2)


if __name__ == "__main__":
	try:
		main()
	except (ImageError, OSError) as error:
		print(f"flashimage.py: {' '.join(sys.argv[2:3]) if sys.argv[1] == 'show' else 'make'}: {error}", file=sys.stderr)
		sys.exit(1)
