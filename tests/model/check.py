#!/usr/bin/python3
"""Checks one case of cases.txt, or several, or all: builds spin's verifier of loan.pml and searches exhaustively.

usage: check.py [--keep FOLDER] [CASE]...

--keep: the folder for the verifier; where the search ended with an error, the steps that led there are in FOLDER/steps.
Exit status: 0 each case found what it should, 1 not, 2 wrong use, 77 spin or gcc is missing.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = os.path.join(HERE, "loan.pml")
SKIPPED = 77
DEPTH = 20000
# How the verifier names what it found, and what never may stand there: a search cut short proves nothing.
FOUND = (("assertion violated", "assertion"), ("invalid end state", "deadlock"), ("acceptance cycle", "cycle"))
CUT_SHORT = ("max search depth too small", "Search not completed", "out of memory", "hash_full")


class Broken(Exception):
	"""The tools failed: nothing was checked."""


def cases():
	"""name -> (what is to be found, flags)"""
	table = {}
	with open(os.path.join(HERE, "cases.txt"), encoding="utf-8") as file:
		for line in file:
			fields = line.split("#")[0].split()
			if fields:
				table[fields[0]] = (fields[1], fields[2:])
	return table


def call(command, folder):
	result = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
		check=False, encoding="utf-8", errors="replace")
	return result.returncode, result.stdout


def must(command, folder):
	status, output = call(command, folder)
	if status:
		raise Broken(f"{command[0]} failed:\n{output}")
	return output


def verdict(output):
	"""What the verifier's report says: nothing, assertion, deadlock or cycle."""
	errors = re.search(r"errors: (\d+)", output)
	if not errors:
		raise Broken(output)
	if errors[1] == "0":
		if any(words in output for words in CUT_SHORT):
			raise Broken("the search was cut short:\n" + output)
		return "nothing"
	for line in output.splitlines():
		for words, name in FOUND:
			if line.startswith("pan:") and words in line:
				return name
	raise Broken(output)


def search(flags, folder):
	"""Returns the verifier's report; the steps to an error are left in the file `steps`."""
	formula = next((flag[4:] for flag in flags if flag.startswith("ltl=")), None)
	trail = os.path.join(folder, "loan.pml.trail")
	if os.path.exists(trail): # of an earlier run in a kept folder
		os.remove(trail)
	flags = [flag for flag in flags if flag.startswith("-D")] + (["-DLTL"] if formula else [])
	must(["spin", *flags, "-a", MODEL], folder)
	must(["gcc", "-O1", "-w", "-DCOLLAPSE", "-DMEMLIM=2000",
		*([] if formula else ["-DSAFETY", "-DNOCLAIM"]), "-o", "pan", "pan.c"], folder)
	_, output = call(["./pan", f"-m{DEPTH}", "-w22", *(["-a", "-N", formula] if formula else [])], folder)
	if os.path.exists(trail):
		_, steps = call(["spin", *flags, "-k", "loan.pml.trail", "-p", "-g", MODEL], folder)
		with open(os.path.join(folder, "steps"), "w", encoding="utf-8") as file:
			file.write(steps)
	return output


def check(name, expected, flags, folder):
	"""Checks one case and prints a line; whether it found what it should."""
	output = search(flags, folder)
	found = verdict(output)
	states = re.search(r"(\d+) states, stored", output)[1]
	print(f"model.loan.{name}: {states} states, found {found}, expected {expected}", flush=True)
	if found != expected:
		print(output)
	return found == expected


def main():
	parser = argparse.ArgumentParser(usage="check.py [--keep FOLDER] [CASE]...")
	parser.add_argument("--keep")
	parser.add_argument("names", nargs="*")
	arguments = parser.parse_args()
	table = cases()
	unknown = [name for name in arguments.names if name not in table]
	if unknown:
		parser.error(f"cases.txt has no case '{unknown[0]}'")
	for tool in ("spin", "gcc"):
		if not shutil.which(tool):
			print(f"# SKIP {tool} is missing: the model of the loan is not checked")
			return SKIPPED
	good = True
	for name in arguments.names or table:
		with tempfile.TemporaryDirectory(prefix="sublet-model-") as folder:
			if arguments.keep:
				os.makedirs(arguments.keep, exist_ok=True)
			good &= check(name, *table[name], os.path.abspath(arguments.keep) if arguments.keep else folder)
	return 0 if good else 1


if __name__ == "__main__":
	try:
		sys.exit(main())
	except Broken as reason:
		sys.exit(f"check.py: {reason}")
