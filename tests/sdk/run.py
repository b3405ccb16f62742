"""The SDK as its users see it: what sublet-cc takes and refuses, a project outside the tree, and programs that lean on the
C library, run in the guest.

  programs/NAME.c   prints NAME.out and returns 0 when every check in it held
  example/          a CMake project that knows nothing of Sublet; built from a copy elsewhere
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../tools/lib"))
import tap

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = sorted(os.path.splitext(os.path.basename(path))[0] for path in glob.glob(os.path.join(HERE, "programs/*.c")))
NOTHING = "int main(void) { return 0; }\n"
STRICT = ["-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE"]


class Workshop:
	"""A scratch folder with the SDK of a board."""

	def __init__(self, board):
		self.board = board
		self.sdk = os.path.join(tap.ROOT, "build", board, "sdk")
		self.width = 64 if board.endswith("64") else 32

	def __enter__(self):
		self.folder = tempfile.mkdtemp(prefix="sublet-sdk-")
		return self

	def __exit__(self, *_):
		shutil.rmtree(self.folder)

	def path(self, name):
		return os.path.join(self.folder, name)

	def write(self, name, text):
		with open(self.path(name), "w", encoding="utf-8") as file:
			file.write(text)
		return self.path(name)

	def cc(self, *arguments, status=0, text=None):
		"""Run sublet-cc in the folder; returns its output, both streams."""
		return self.command([os.path.join(self.sdk, "bin/sublet-cc"), *arguments], status, text)

	def command(self, arguments, status=0, text=None):
		result = subprocess.run(arguments, cwd=self.folder, input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
			encoding="utf-8", errors="replace", check=False)
		tap.true(result.returncode == status, f"{arguments} gave {result.returncode}:\n{result.stdout}")
		return result.stdout

	def sizes(self, name):
		"""text, data+bss, stack and process size of a program."""
		output = self.command([os.path.join(self.sdk, "bin/sublet-size"), name])
		return [int(word) for word in output.splitlines()[-1].split()[:4]]

	def flat(self, name):
		with open(self.path(name), "rb") as file:
			header = file.read(64)
		tap.equal((header[:4], int.from_bytes(header[44:48], "big")), (b"bFLT", self.width))

	def guest(self, name, expected):
		result = tap.run(self.board, f"/host/{name}", "-f", self.path(name))
		tap.equal((result.stdout.decode(errors="replace"), result.returncode), (expected, 0))


def read(path):
	with open(os.path.join(HERE, path), encoding="utf-8") as file:
		return file.read()


def program_case(name):
	@tap.case(f"sdk.program.{name}")
	def _(board):
		with Workshop(board) as shop:
			shop.cc(*STRICT, "-mstack=8K", os.path.join(HERE, f"programs/{name}.c"), "-o", name, "-lm")
			shop.flat(name)
			shop.guest(name, read(f"programs/{name}.out"))


for each in PROGRAMS:
	program_case(each)


@tap.case("sdk.project.outside_the_tree")
def _(board):
	with Workshop(board) as shop:
		shutil.copytree(os.path.join(HERE, "example"), shop.path("project"))
		shop.command(["cmake", "-G", "Ninja", "-S", "project", "-B", "build", "--toolchain",
			os.path.join(shop.sdk, "sublet.cmake"), "-DCMAKE_INSTALL_PREFIX=" + shop.path("installed")])
		shop.command(["cmake", "--build", "build", "-t", "install"])
		shutil.copy(shop.path("installed/bin/example"), shop.path("example"))
		shop.flat("example")
		tap.equal(shop.sizes("example")[2], 6 * 1024)
		shop.guest("example", read("example/expected"))


@tap.case("sdk.cc.objects_archives_and_dependencies")
def _(board):
	with Workshop(board) as shop:
		source = os.path.join(HERE, "example")
		shop.cc("-c", "-g", "-MD", "-MF", "d", f"{source}/greeting.c", "-o", "greeting.o")
		tap.true("greeting.h" in open(shop.path("d"), encoding="utf-8").read(), "no dependencies were written")
		shop.command(["riscv64-unknown-elf-ar", "rcs", "libgreeting.a", "greeting.o"])
		shop.cc(f"{source}/main.c", "-L.", "-lgreeting", "-lm", "-o", "steps")
		shop.cc(f"{source}/main.c", f"{source}/greeting.c", "-lm", "-ojoined")
		for name in ("steps", "joined"):
			shop.flat(name)
			shop.guest(name, read("example/expected"))


@tap.case("sdk.cc.default_output_and_debugger_file")
def _(board):
	with Workshop(board) as shop:
		shop.write("nothing.c", NOTHING)
		shop.cc("nothing.c")
		shop.flat("a.out")
		tap.true("main" in shop.command(["riscv64-unknown-elf-nm", "a.out.elf"]), "a.out.elf has no symbols")


@tap.case("sdk.cc.stops_where_gcc_stops")
def _(board):
	with Workshop(board) as shop:
		shop.write("nothing.c", NOTHING)
		tap.true("main" in shop.cc("-E", "nothing.c"), "-E")
		tap.true("ret" in shop.cc("-S", "nothing.c", "-o", "-"), "-S")
		tap.true("nothing.o" in shop.cc("-M", "nothing.c"), "-M")
		tap.true("gcc" in shop.cc("--version").lower(), "--version")
		tap.true("-mstack" in shop.cc("--help"), "--help")
		shop.cc("-fsyntax-only", "nothing.c")
		tap.equal(sorted(os.listdir(shop.folder)), ["nothing.c"])


@tap.case("sdk.cc.source_from_standard_input")
def _(board):
	with Workshop(board) as shop:
		shop.cc("-x", "c", "-", "-o", "piped", text=NOTHING)
		shop.flat("piped")


@tap.case("sdk.cc.option_values_with_spaces")
def _(board):
	with Workshop(board) as shop:
		shop.write("spaced name.c", "#include <stdio.h>\nint main(void) { puts(TEXT); return 0; }\n")
		shop.cc('-DTEXT="a  b\'c"', "spaced name.c", "-o", "spaced")
		shop.guest("spaced", "a  b'c\n")


@tap.case("sdk.cc.stack_size")
def _(board):
	with Workshop(board) as shop:
		shop.write("nothing.c", NOTHING)
		for size, expected in (("12288", 12288), ("12K", 12288), ("1M", 1 << 20)):
			shop.cc(f"-mstack={size}", "nothing.c", "-o", "s")
			tap.equal(shop.sizes("s")[2], expected)


@tap.case("sdk.cc.position_independence_cannot_be_taken_back")
def _(board):
	with Workshop(board) as shop:
		shop.write("table.c", "#include <stdio.h>\nstatic int numbers[3] = {1, 2, 3};\nint *volatile first = numbers;\n"
			"int main(void) { printf(\"%d\\n\", first[1] + numbers[2]); return 0; }\n")
		shop.cc("-fno-pic", "-fPIE", "-mexplicit-relocs", "-march=rv32i", "-fvisibility=default", "table.c", "-o", "table")
		shop.guest("table", "5\n")


@tap.case("sdk.cc.flags_of_foreign_builds")
def _(board):
	with Workshop(board) as shop:
		shop.write("nothing.c", NOTHING)
		shop.cc("-s", "-pie", "-static", "-Wl,-O1", "-pipe", "nothing.c", "-o", "nothing")
		shop.flat("nothing")
		shop.cc("nothing.c", "-o", "/dev/null")
		tap.true(not os.path.exists("/dev/null.elf"), "/dev/null.elf was written")
		shop.command(["sh", "-c", "test -c /dev/null"])


@tap.case("sdk.cc.ram_image")
def _(board):
	with Workshop(board) as shop:
		shop.write("hello.c", "#include <stdio.h>\nint main(void) { printf(\"%.1f\\n\", 2.5); return 0; }\n")
		shop.cc("--ram", "hello.c", "-o", "hello")
		tap.equal(shop.sizes("hello")[0], 0)
		shop.guest("hello", "2.5\n")


@tap.case("sdk.cc.errors_leave_no_program")
def _(board):
	rows = (("missing.c", "int missing(void);\nint main(void) { return missing(); }\n", "undefined reference to .missing"),
		("syntax.c", "int main(void) { return ", "error: expected"),
		("fork.c", "#include <unistd.h>\nint main(void) { return fork(); }\n", r"vfork\(\).*posix_spawn\(\)"),
		("thread.c", "__thread _Alignas(64) int each;\nint main(void) { return each; }\n", "thread-local.*8 bytes"),
		("huge.c", "char volatile a[400000], b[400000];\nint main(int n, char **v) { (void)v; return a[n] + b[n]; }\n", r"\+0x"))
	with Workshop(board) as shop:
		for name, text, expected in rows:
			shop.write(name, text)
			said = shop.cc(name, "-o", "program", status=1)
			tap.true(re.search(expected, said), f"{name}: {expected} is not in\n{said}")
			tap.true(not os.path.exists(shop.path("program")), f"{name} left a program")


@tap.case("sdk.threads.other_programs_have_nothing_of_them")
def _(board):
	plain = "char c; free(malloc(9)); printf(\"%d\\n\", (int)read(0, &c, 1) + system(getenv(\"A\")));"
	rows = (("plain", plain, ""), ("threads", "pthread_create(0, 0, 0, 0);" + plain, "locks"),
		("cancels", "pthread_cancel(pthread_self());" + plain, "stubs"))
	with Workshop(board) as shop:
		for name, body, has in rows:
			shop.write(name + ".c", f"#include <pthread.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n"
				f"int main(void) {{ {body} return 0; }}\n")
			shop.cc("-Wno-nonnull", "-pthread", name + ".c", "-o", name)
			symbols = shop.command(["riscv64-unknown-elf-nm", name + ".elf"])
			tap.equal([name] + [word for word, symbol in (("locks", "__word_lock"), ("stubs", "__cancel_enter")) if symbol in symbols],
				[name] + has.split())


@tap.case("sdk.threads.thread_local_variables_need_no_option")
def _(board):
	with Workshop(board) as shop:
		shop.write("local.c", "#include <unistd.h>\nstatic _Thread_local char word[] = \"local\\n\";\n"
			"int main(void) { word[0] -= 32; return write(1, word, 6) != 6; }\n")
		shop.cc("local.c", "-o", "local")
		shop.guest("local", "Local\n")


@tap.case("sdk.cc.wrong_options")
def _(board):
	with Workshop(board) as shop:
		shop.write("nothing.c", NOTHING)
		for arguments, expected in ((["--board", "nowhere", "nothing.c"], "knows no board"), (["-mstack=big", "nothing.c"], "bad stack size"),
			(["-mheap=big", "nothing.c"], "bad heap size"),
				(["--width", "16", "nothing.c"], "32 or 64"), (["nothing.c", "-o"], "lacks its value"), ([], "usage")):
			tap.true(expected in shop.cc(*arguments, status=1), f"{arguments}: no '{expected}'")


@tap.case("sdk.size.a_small_program_stays_small")
def _(board):
	with Workshop(board) as shop:
		shop.write("nothing.c", NOTHING)
		shop.write("sleeper.c", "#include <unistd.h>\nint main(void) { for (;;) sleep(1); }\n")
		shop.cc("nothing.c", "-o", "nothing")
		shop.cc("sleeper.c", "-o", "sleeper")
		for name, text_limit, data_limit in (("nothing", 400, 16), ("sleeper", 500, 256)):
			text, data = shop.sizes(name)[:2]
			tap.true(text <= text_limit and data <= data_limit, f"{name}: {text} bytes of text, {data} of data")


@tap.case("sdk.size.process_is_data_and_stack")
def _(board):
	with Workshop(board) as shop:
		shop.write("nothing.c", "char kilo[1024];\nint main(void) { return kilo[0]; }\n")
		shop.cc("-mstack=4096", "nothing.c", "-o", "kilo")
		_, data, stack, process = shop.sizes("kilo")
		tap.equal((data >= 1024, stack, process), (True, 4096, data + stack))


tap.main()
