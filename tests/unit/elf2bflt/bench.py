"""What the cases stand on: assemble, link, convert, load; and the registry of cases."""
import os
import subprocess
import tempfile

from machine import Flat, Machine

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = {}
SPOTS = ((0x20400040, 0x80001230), (0x80200000, 0x10000010))  # two places for text and data
ARCH = {32: ["-march=rv32imac", "-mabi=ilp32"], 64: ["-march=rv64imac", "-mabi=lp64"]}


def case(function):
    """A case runs once for each width."""
    CASES[function.__name__] = function
    return function


class Bench:
    def __init__(self, tool, gcc, width):
        self.tool, self.gcc, self.width = tool, gcc, width
        self.word = f".{'dword' if width == 64 else 'word'}"
        self.load_word = "ld" if width == 64 else "lw"
        self.folder = tempfile.TemporaryDirectory(prefix="elf2bflt-")
        self.elf, self.bin = self.path("in.elf"), self.path("out")

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def compile(self, source, *flags, relax=False, text_base=0x1000, keep=True, script=None):
        """Assembles and links `source`; the ELF is left at self.elf."""
        with open(self.path("in.S"), "w") as file:
            file.write(source + "\n")
        command = [self.gcc, *ARCH[self.width], "-nostdlib", "-nostartfiles", "-fPIC", self.path("in.S"), "-o", self.elf,
                   f"-Wl,--{'relax' if relax else 'no-relax'}", f"-Wl,--defsym,TEXT_BASE={text_base}",
                   "-Wl,-T," + (script or os.path.join(HERE, "program.ld")), *(["-Wl,-q"] if keep else []), *flags]
        subprocess.run(command, check=True)

    def command(self, *arguments):
        return subprocess.run([self.tool, *arguments], capture_output=True, text=True)

    def convert(self, *flags):
        """Converts self.elf, which must succeed."""
        done = self.command(*flags, "-o", self.bin, self.elf)
        assert done.returncode == 0 and not done.stderr, f"status {done.returncode}: {done.stderr}"
        with open(self.bin, "rb") as file:
            return Flat(file.read())

    def run(self, *flags):
        """Converts, and runs the program at each pair of places."""
        flat = self.convert(*flags)
        return [Machine(flat, text, data).run() for text, data in SPOTS]

    def refuse(self, *words, flags=(), file=None):
        """Converts what must fail: one line with the file's name and `words`, status 1, and no output."""
        file = file or self.elf
        before = set(os.listdir(self.folder.name))
        done = self.command(*flags, "-o", self.bin, file)
        lines = done.stderr.splitlines()
        assert done.returncode == 1, f"status {done.returncode}: {done.stderr}"
        assert len(lines) == 1 and not done.stdout, done.stderr
        assert lines[0].startswith(f"elf2bflt: {file}: "), lines[0]
        for word in words:
            assert word in lines[0], f"'{word}' is missing in: {lines[0]}"
        assert set(os.listdir(self.folder.name)) == before, "a file was left behind"
        return lines[0]

    def symbol(self, name):
        """The linked address of a symbol."""
        tool = self.gcc[:-len("gcc")] + "nm"
        listing = subprocess.run([tool, self.elf], check=True, capture_output=True, text=True).stdout
        for line in listing.splitlines():
            fields = line.split()
            if fields[-1] == name and len(fields) == 3:
                return int(fields[0], 16)
        raise KeyError(name)

    def at(self, machine, name, text_base=0x1000):
        """The run-time address of a symbol of text or data."""
        address = self.symbol(name)
        return machine.data + address - 0x1000000 if address >= 0x1000000 else machine.text + address - text_base
