"""Checks of the documents; part of tools/lint, alone as tools/lint-docs.

  lint.manual.*      every system call and every tool has its page; docs/man/index is what table and pages say
  lint.documents.*   what README, CONTRIBUTING and docs/*.md say of the tree is so
"""

import glob
import os
import re
import subprocess

import tap

TABLE = "proc/abi/abi/syscalls.def"
INDEX = "docs/man/index"
TEMPLATE = "board/template/board.cmake"
ROW = re.compile(r'^SYSCALL\(\d+, (\w+), [^,]+, "([^"]+)"(.*)\)$', re.MULTILINE)
# What an argument of a kind can give whatever the handler does.
KIND_ERRORS = {"PATH": ("EFAULT", "ELOOP", "ENAMETOOLONG", "ENOENT", "ENOTDIR"), "FD": ("EBADF",), "VEC": ("EFAULT", "E2BIG"),
	"IN": ("EFAULT",), "OUT": ("EFAULT",), "IN_OPT": ("EFAULT",), "OUT_OPT": ("EFAULT",)}
# Rows whose function of the C library has another name.
FUNCTION = {"exit": "_exit"}
# Sections that are Sublet's own; commands and functions of the host and of the C library are documented elsewhere.
OWN_SECTIONS = "2457"
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/*.md", "docs/adr/*.md", "board/*/README.md")
# A word in backticks that is a path of the tree: it begins with a folder of the tree, capital words stand for any name.
QUOTED_PATH = re.compile(r"`([\w.*-]+/[\w./*-]*)[^`]*`")
PLACEHOLDER = re.compile(r"(?<![A-Z])[A-Z]{4,}(?![A-Z])")
FIXED_NAMES = ("README", "CONTRIBUTING", "LICENSE")


def read(path):
	with open(os.path.join(tap.ROOT, path), encoding="utf-8") as file:
		return file.read()


def find(pattern):
	return sorted(os.path.relpath(path, tap.ROOT) for path in glob.glob(os.path.join(tap.ROOT, pattern)))


def refuse(findings):
	tap.true(not findings, "\n".join(findings))


def pages():
	return find("docs/man/*.[1-9]")


def names_of(page):
	"""What a page's section NAME names."""
	section = re.search(r"^\.Sh NAME\n(.*?)^\.Nd ", read(page), re.MULTILINE | re.DOTALL)
	return re.findall(r"^\.Nm (\S+)", section[1], re.MULTILINE) if section else []


def calls():
	"""(name of the C function, brief, kinds of its arguments) of each row of the table."""
	return [(FUNCTION.get(name, name), brief, re.findall(r", (\w+)\(", arguments))
		for name, brief, arguments in ROW.findall(read(TABLE))]


def page_names():
	"""name(section) -> page, of every page."""
	return {f"{name}({page[-1]})": page for page in pages() for name in names_of(page)}


def index():
	"""The text of docs/man/index: a system call is described by its row, any other name by its page's one line."""
	briefs = {f"{name}(2)": brief for name, brief, _ in calls()}
	rows = ["# Names of the manual, with their pages. Written by tools/lint-docs --index."]
	for name, page in sorted(page_names().items(), key=lambda row: (row[0][-2], row[0])):
		brief = briefs.get(name) or re.search(r"^\.Nd (.*)", read(page), re.MULTILINE)[1]
		rows.append(f"{name:<20} {os.path.basename(page):<18} {brief}")
	return "\n".join(rows) + "\n"


def write_index():
	with open(os.path.join(tap.ROOT, INDEX), "w", encoding="utf-8") as file:
		file.write(index())


@tap.case("lint.manual.has_every_system_call")
def _(_):
	known, rows = page_names(), calls()
	tap.true(rows, f"{TABLE} has no rows")
	refuse([f"no page of section 2 names {name}" for name, *_ in rows if f"{name}(2)" not in known])


def tools():
	"""The commands that a person types: executable files of tools/ and the SDK."""
	files = find("tools/*") + find("tools/sdk/sublet-*")
	return [path for path in files if os.path.isfile(os.path.join(tap.ROOT, path)) and os.access(os.path.join(tap.ROOT, path), os.X_OK)]


@tap.case("lint.manual.has_every_tool")
def _(_):
	known = page_names()
	names = [path if path.count("/") == 1 else os.path.basename(path) for path in tools()] + ["elf2bflt"]
	refuse([f"no page of section 1 names {name}" for name in names if f"{name}(1)" not in known])


@tap.case("lint.manual.lists_what_arguments_can_give")
def _(_):
	known, findings = page_names(), []
	for name, _brief, kinds in calls():
		text = read(known[f"{name}(2)"]) if f"{name}(2)" in known else ""
		findings += [f"the page of {name} does not list {error}" for kind in kinds for error in KIND_ERRORS.get(kind, ())
			if f".It Bq Er {error}\n" not in text]
	refuse(findings)


@tap.case("lint.manual.titles_are_file_names")
def _(_):
	findings = []
	for page in pages():
		stem, section = os.path.splitext(os.path.basename(page))
		if not re.search(rf"^\.Dt {re.escape(stem.upper())} {section[1:]}$", read(page), re.MULTILINE):
			findings.append(f"{page}: its .Dt is not {stem.upper()} {section[1:]}")
	refuse(findings)


@tap.case("lint.manual.references_exist")
def _(_):
	known = page_names()
	refuse([f"{page} refers to {name}({section})" for page in pages()
		for name, section in re.findall(r"\.Xr (\S+) (\d)", read(page))
		if section in OWN_SECTIONS and f"{name}({section})" not in known])


@tap.case("lint.manual.names_each_name_once")
def _(_):
	seen = [f"{name}({page[-1]})" for page in pages() for name in names_of(page)]
	refuse([f"{name} has two pages" for name in sorted(set(seen)) if seen.count(name) > 1])


@tap.case("lint.manual.index_is_current")
def _(_):
	tap.true(os.path.exists(os.path.join(tap.ROOT, INDEX)) and read(INDEX) == index(),
		f"{INDEX} is not what table and pages say; tools/lint-docs --index writes it")


def documents():
	return [path for pattern in DOCUMENTS for path in find(pattern)]


def is_there(path):
	"""Whether something of the tree has this path; a capital word stands for any name."""
	pattern = PLACEHOLDER.sub(lambda word: word[0] if word[0] in FIXED_NAMES else "*", path)
	return bool(find(pattern))


@tap.case("lint.documents.name_paths_that_exist")
def _(_):
	top = {name for name in os.listdir(tap.ROOT) if os.path.isdir(os.path.join(tap.ROOT, name))} - {"build"}
	findings = []
	for document in documents():
		for path in QUOTED_PATH.findall(read(document)):
			if path.split("/")[0] in top and not is_there(path.rstrip("/.")):
				findings.append(f"{document} names {path}")
	refuse(findings)


@tap.case("lint.documents.links_lead_somewhere")
def _(_):
	findings = []
	for document in documents():
		for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(document)):
			if not os.path.exists(os.path.join(tap.ROOT, os.path.dirname(document), target)):
				findings.append(f"{document} links to {target}")
	refuse(findings)


def table_of(document, heading):
	"""First cells of the table under a heading, without backticks and slashes."""
	section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", read(document), re.MULTILINE | re.DOTALL)
	tap.true(section, f"{document} has no section '{heading}'")
	return re.findall(r"^\| `([\w-]+)/?`", section[1], re.MULTILINE)


def kept_folders():
	"""Folders at the top of what git keeps or would keep."""
	result = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=tap.ROOT, capture_output=True,
		encoding="utf-8", check=False)
	if result.returncode:
		raise tap.Skip("this is no git tree")
	return sorted({path.split("/")[0] for path in result.stdout.splitlines() if "/" in path and not path.startswith(".")})


@tap.case("lint.documents.readme_lists_every_folder")
def _(_):
	tap.equal(table_of("README.md", "Navigating"), kept_folders())


@tap.case("lint.documents.readme_lists_every_board")
def _(_):
	tap.equal(table_of("README.md", "Boards"), sorted(path.split("/")[1] for path in find("board/*/board.cmake") if path != TEMPLATE))


@tap.case("lint.documents.every_board_has_a_readme")
def _(_):
	refuse([f"{path} has no README.md" for path in map(os.path.dirname, find("board/*/board.cmake"))
		if not os.path.exists(os.path.join(tap.ROOT, path, "README.md"))])


@tap.case("lint.documents.every_board_is_tested_or_says_that_it_is_not")
def _(_):
	refuse([f"{path} sets neither BOARD_QEMU_MACHINE nor an empty BOARD_SUITES: tools/test would pass over the board"
		for path in find("board/*/board.cmake") if path != TEMPLATE
		and not re.search(r"^set\((BOARD_QEMU_MACHINE \S+|BOARD_SUITES)\)", read(path), re.MULTILINE)])


@tap.case("lint.documents.decisions_are_numbered")
def _(_):
	findings = []
	for number, path in enumerate(find("docs/adr/*.md"), 1):
		if not os.path.basename(path).startswith(f"{number:04}-") or not read(path).startswith(f"# {number}. "):
			findings.append(f"{path} is decision {number}: file name and heading must say so")
	refuse(findings)
