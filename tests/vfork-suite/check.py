#!/usr/bin/python3
"""Do the tables of the rows, the programs and sublet.pending agree? Prints what does not; exit status 1 then.

  docs/vfork.md   | # | rule | source | tests | on Sublet |
  README.md       | # | rule | source | promised by |
  rowNN_*.c       SUITE(rowNN_rule, CASE(name, BY_...), ...)
"""

import glob
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DOCUMENT = os.path.join(HERE, "../../docs/vfork.md")
README = os.path.join(HERE, "README.md")
PENDING = os.path.join(HERE, "sublet.pending")
ROWS = range(1, 23)
SYSTEMS = {"POSIX": "POSIX", "LINUX": "Linux", "BSD": "BSD", "SOLARIS": "Solaris", "SUBLET": "Sublet"}
ALL_MANUALS = ("LINUX", "BSD", "SOLARIS", "SUBLET")


def read(path):
	with open(path, encoding="utf-8") as file:
		return file.read()


def table(path, cells):
	"""{row: [cell, ...]} of the table whose first column is a number."""
	rows = {}
	for line in read(path).splitlines():
		found = re.match(r"\| (\d+) \| (.*) \|$", line)
		if found and len(found[2].split(" | ")) == cells - 1:
			rows[int(found[1])] = [cell.strip() for cell in found[2].split(" | ")]
	return rows


def programs():
	"""{program: {case: [system, ...]}}; a script is for Sublet alone."""
	result = {}
	for path in sorted(glob.glob(os.path.join(HERE, "row*.c"))):
		name = os.path.basename(path)[:-2]
		cases = re.findall(r"CASE\((\w+), ([A-Z_| ]+)\)", read(path))
		result[name] = {case: re.findall(r"BY_(\w+)", promise) for case, promise in cases}
	for path in glob.glob(os.path.join(HERE, "row*.sh")):
		result[os.path.basename(path)[:-3]] = {"": ["SUBLET"]}
	return result


def promised_by(row, known):
	"""Who promises any case of a row, in the order of SYSTEMS."""
	words = {word for name, cases in known.items() if number_of(name) == row for promise in cases.values() for word in promise}
	if "ALL_MANUALS" in words:
		words.update(ALL_MANUALS)
	return ", ".join(title for word, title in SYSTEMS.items() if word in words)


def number_of(program):
	return int(program[3:5])


def state(names, known, pending):
	"""What docs/vfork.md must say of a row on Sublet."""
	whole = [name for name in names if name in pending]
	parts = [entry for entry in pending if "." in entry and entry.split(".")[0] in names]
	if len(whole) == len(names):
		return "not yet"
	if {entry.split(".")[0] for entry in parts} | set(whole) >= set(names) and len(parts) >= sum(
			len(known[name]) for name in names if name not in whole):
		return "not yet"
	return "in part" if whole or parts else "works"


def check_document(known, pending):
	rows = table(DOCUMENT, 5)
	for row in ROWS:
		if row not in rows:
			yield f"docs/vfork.md has no row {row}"
			continue
		named = re.findall(r"`(row\w+)`", rows[row][2])
		there = [name for name in known if number_of(name) == row]
		yield from (f"docs/vfork.md, row {row}: names {name}, which is not of this row" for name in named if name not in there)
		yield from (f"docs/vfork.md, row {row}: does not name {name}" for name in there if name not in named)
		expected = state(there, known, pending)
		if rows[row][3] != expected:
			yield f"docs/vfork.md, row {row}: says '{rows[row][3]}', and sublet.pending makes it '{expected}'"


def check_readme(known):
	rows, documented = table(README, 4), table(DOCUMENT, 5)
	for row in ROWS:
		if row not in rows:
			yield f"README.md has no row {row}"
			continue
		if row in documented and rows[row][:2] != documented[row][:2]:
			yield f"row {row}: README.md and docs/vfork.md differ in rule or source"
		if rows[row][2] != promised_by(row, known):
			yield f"README.md, row {row}: says '{rows[row][2]}', the cases say '{promised_by(row, known)}'"


def check_programs(known, pending):
	for name, cases in known.items():
		path = os.path.join(HERE, name + ".c")
		if os.path.exists(path) and f"SUITE({name}," not in read(path):
			yield f"{name}.c calls its suite something else"
		if not cases:
			yield f"{name} has no case"
		if number_of(name) not in ROWS:
			yield f"{name} belongs to no row"
	for entry in pending:
		program, _, case = entry.partition(".")
		if program not in known or (case and case not in known[program]):
			yield f"sublet.pending names {entry}, which does not exist"


def main():
	known = programs()
	rows = [line.split(None, 1) for line in read(PENDING).splitlines() if line.strip() and not line.startswith("#")]
	findings = [f"sublet.pending gives no reason for {row[0]}" for row in rows if len(row) < 2]
	pending = [row[0] for row in rows]
	findings += [*check_document(known, pending), *check_readme(known), *check_programs(known, pending)]
	print("\n".join(findings) or f"{len(ROWS)} rows, {len(known)} programs, {sum(map(len, known.values()))} cases agree")
	sys.exit(1 if findings else 0)


if __name__ == "__main__":
	main()
