"""Words of data, the file as a whole, and files that are refused as a whole."""
import os
import struct
import subprocess

from bench import ARCH, case
from machine import Machine

SMALL = ".globl _start\n_start: lw a0, var\nebreak\n.data\n.space 8192\nvar: .word 7\n"


@case
def relocates_pointers_in_data(bench):
    bench.compile(f"""
        .globl _start
        _start: ebreak
        routine: ebreak
        .section .rodata
        .balign 16 /* _etext is told from the start of data even when text fills its last 16 bytes */
        .space 16
        .data
        .balign 8
        table: {bench.word} routine, var, zeroes+4, _end, _etext, _start, var+4
        var: .word 1, 2
        .bss
        zeroes: .space 64""")
    for machine in bench.run():
        size, table = bench.width // 8, bench.at(machine, "table")
        words = [machine.load(table + i * size, size) for i in range(7)]
        at = {name: bench.at(machine, name) for name in ("routine", "var", "zeroes", "_end", "_etext", "_start")}
        assert words == [at["routine"], at["var"], at["zeroes"] + 4, at["_end"], at["_etext"], at["_start"], at["var"] + 4]
        assert len(machine.flat.relocs) == 7


@case
def relocates_got_entries_without_pairs(bench):
    bench.compile(f"""
        .globl _start
        _start: ebreak
        .section .got,"aw",@progbits
        {bench.word} 0x1000000 + 4, 0, 0x1000
        .data
        {bench.word} var
        var: .word 1""", script=separate_got(bench))
    for machine in bench.run():
        size = bench.width // 8
        got = [machine.load(machine.data + i * size, size) for i in range(3)]
        assert got == [machine.data + 4, 0, machine.text], [hex(word) for word in got]


@case
def keeps_distances_from_tp(bench):
    bench.compile(f"""
        .globl _start, __tls_begin
        _start:
        __tls_begin: lla tp, __tls_image
        lui a0, %tprel_hi(second)
        lw a1, %tprel_lo(second)(tp)
        ebreak
        .data
        var: .word 1
        .section .tdata,"awT",@progbits
        .balign 8
        first: {bench.word} var
        second: .word 0x22
        .section .tbss,"awT",@nobits
        zeros: .space 4096""")
    for machine in bench.run():
        size = bench.width // 8
        assert machine.x[10] == 0 and machine.x[11] == 0x22, hex(machine.x[11])
        assert machine.load(machine.x[4], size) == bench.at(machine, "var")
        assert machine.flat.bss < 4096


def separate_got(bench):
    """The linker script with .got as a section of its own."""
    with open(os.path.join(os.path.dirname(__file__), "program.ld")) as file:
        script = file.read()
    script = script.replace("*(.got .got.plt)", "").replace(".data : {", ".got : { *(.got) }\n.data : {")
    script = script.replace("__global_pointer$ = . + 0x800;", "").replace(".got :", "__global_pointer$ = . + 0x800;\n.got :")
    with open(bench.path("got.ld"), "w") as file:
        file.write(script)
    return bench.path("got.ld")


@case
def keeps_differences(bench):
    bench.compile("""
        .globl _start
        _start: lla a0, table
        lw a1, 0(a0)
        ebreak
        routine: nop
        .section .rodata
        table: .word routine - table
        .data
        .word var2 - var1
        var1: .space 12
        var2: .word 0""", relax=True)
    for machine in bench.run() + bench.run("--ram"):
        assert machine.x[11] == (bench.at(machine, "routine") - bench.at(machine, "table")) & ((1 << bench.width) - 1)
        assert machine.load(machine.data, 4) == 12


@case
def writes_the_header_of_a_flat_binary(bench):
    bench.compile(SMALL + ".bss\n.space 1000")
    flat = bench.convert()
    assert flat.width == bench.width and flat.flags == 0 and flat.entry == 64
    assert flat.stack == (4096 if bench.width == 64 else 2048)
    assert len(flat.data) + flat.bss >= 8196 + 1000 and len(flat.text) == 16
    assert bench.convert("--ram").flags == 1


@case
def sets_the_stack(bench):
    bench.compile(SMALL)
    for text, size in (("16K", 16384), ("1000", 1008), ("0x400", 1024)):
        assert bench.convert("-s", text).stack == size


@case
def gives_the_same_bytes_twice(bench):
    bench.compile(SMALL)
    bench.convert()
    with open(bench.bin, "rb") as file:
        first = file.read()
    bench.convert()
    with open(bench.bin, "rb") as file:
        assert file.read() == first


@case
def executes_without_data(bench):
    bench.compile(".globl _start\n_start: j 1f\n1: ebreak\n")
    flat = bench.convert()
    assert not flat.data and not flat.bss and not flat.relocs


@case
def dumps_header_and_relocations(bench):
    bench.compile(f".globl _start\n_start: ebreak\n.data\n.balign 8\n.dword 0\n{bench.word} var\nvar: .word 1\n")
    bench.convert("-s", "3K")
    done = bench.command("--dump", bench.bin)
    assert done.returncode == 0 and not done.stderr
    word = bench.width // 8
    for text in (f"{bench.width} bits", "executed in place", "3072 bytes", f"data+0x000008  -> data+0x{8 + word:x}"):
        assert text in done.stdout, f"'{text}' is missing in:\n{done.stdout}"
    bench.convert("--ram")
    assert "copied to RAM" in bench.command("--dump", bench.bin).stdout


@case
def reports_what_a_process_costs(bench):
    bench.compile(SMALL + ".bss\n.space 1000")
    flat = bench.convert("-s", "2000")
    done = bench.command("--size", bench.bin)
    lines = {line.rsplit(None, 1)[0].strip(): int(line.rsplit(None, 1)[1]) for line in done.stdout.splitlines()}
    variable = len(flat.data) + flat.bss
    assert lines == {"text (shared)": 16, "data + bss": variable, "default stack": 2000,
                     "one process": 2000 + (variable + 15) // 16 * 16}


@case
def refuses_to_dump_other_files(bench):
    bench.compile(SMALL)
    bench.convert()
    with open(bench.bin, "rb") as file:
        blob = file.read()
    broken = {"short": blob[:63], "cut": blob[:-8], "elf": b"\x7fELF" + blob[4:], "rev": blob[:7] + b"\5" + blob[8:],
              "entry": blob[:8] + b"\xff\xff\xff\xff" + blob[12:], "empty": b""}
    for name, content in broken.items():
        with open(bench.path(name), "wb") as file:
            file.write(content)
        for verb in ("--dump", "--size"):
            done = bench.command(verb, bench.path(name))
            assert done.returncode == 1 and not done.stdout and len(done.stderr.splitlines()) == 1, name


@case
def answers_wrong_options_with_usage(bench):
    bench.compile(SMALL)
    wrong = ([], ["--wrong", bench.elf], [bench.elf, bench.elf], ["-s", "many", bench.elf], ["-s", "0", bench.elf],
             ["-s", "1T", bench.elf], ["-s", "-1", bench.elf], ["-s", "17000K", bench.elf], ["--dump"],
             ["--dump", "--size", bench.elf], ["--dump", "-o", "x", bench.elf], ["-s"])
    for arguments in wrong:
        done = bench.command(*arguments)
        assert done.returncode == 2 and done.stderr.startswith("usage: elf2bflt") and not done.stdout, arguments
    done = bench.command("--help")
    assert done.returncode == 0 and done.stdout.startswith("usage: elf2bflt") and not done.stderr


@case
def leaves_an_older_output_when_it_fails(bench):
    with open(bench.bin, "w") as file:
        file.write("older")
    bench.compile(".globl _start\n_start: lui a0, %hi(var)\nebreak\n.data\nvar: .word 1")
    bench.refuse("R_RISCV_HI20")
    with open(bench.bin) as file:
        assert file.read() == "older"
    bench.compile(SMALL)
    bench.convert()
    assert os.access(bench.bin, os.X_OK)


@case
def names_the_output_after_the_input(bench):
    bench.compile(SMALL)
    assert bench.command(bench.elf).returncode == 0
    with open(bench.path("in"), "rb") as file:
        assert file.read(4) == b"bFLT"


@case
def refuses_missing_and_unwritable_files(bench):
    bench.refuse("No such file", file=bench.path("absent"))
    bench.compile(SMALL)
    done = bench.command("-o", bench.path("no/such/folder"), bench.elf)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1


@case
def refuses_other_elf_files(bench):
    bench.refuse("ELF header+0x12", "RISC-V", file="/proc/self/exe")
    bench.compile(SMALL, keep=False)
    bench.refuse("no relocations were kept")
    bench.compile(SMALL, "-Wl,--strip-all", keep=False)
    bench.refuse("strip")
    bench.compile(SMALL)
    subprocess.run([bench.gcc, *ARCH[bench.width], "-c", bench.path("in.S"), "-o", bench.path("in.o")], check=True)
    bench.refuse("ELF header+0x10", "object file", file=bench.path("in.o"))


@case
def refuses_code_without_compressed_instructions(bench):
    bench.compile(SMALL, f"-march=rv{bench.width}ima")
    bench.refuse("ELF header", "compressed instructions")


def patch(bench, offset, form, value):
    with open(bench.elf, "r+b") as file:
        file.seek(offset)
        file.write(struct.pack("<" + form, value))


@case
def refuses_damaged_headers(bench):
    damage = ((0, "B", 0, "not an ELF"), (4, "B", 3, "ELF header+0x4"), (5, "B", 2, "little-endian"), (6, "B", 9, "version"),
              (16, "H", 3, "-static"), (18, "H", 62, "RISC-V"), (24, "I", 0x00ffffff, "entry"))
    for offset, form, value, text in damage:
        bench.compile(SMALL)
        patch(bench, offset, form, value)
        bench.refuse(text)


@case
def refuses_too_much(bench):
    bench.compile(".globl _start\n_start: ebreak\n.data\n.word _start\n.bss\n.space 0x1000001")
    bench.refuse(".bss+0x0", "16 MiB")
    bench.compile(".globl _start\n_start: ebreak\n.data\n.space 64\n.word _start\n.bss\n.space 0xffffb0")
    bench.refuse("data+0x0", "16 MiB")
    bench.compile(".globl _start\n_start: j 1f\n1: ebreak\n.data\n.balign 64\n.word 1")
    bench.refuse(".data+0x0", "alignment 64")


@case
def refuses_a_misplaced_gp(bench):
    with open(os.path.join(os.path.dirname(__file__), "program.ld")) as file:
        script = file.read().replace(". + 0x800", ". + 0x900")
    with open(bench.path("gp.ld"), "w") as file:
        file.write(script)
    bench.compile(SMALL, script=bench.path("gp.ld"))
    bench.refuse("__global_pointer$")


@case
def refuses_sections_that_overlap(bench):
    bench.compile(SMALL, "-Wl,--no-check-sections", script=overlapping(bench))
    bench.refuse("overlaps")


def overlapping(bench):
    with open(os.path.join(os.path.dirname(__file__), "program.ld")) as file:
        script = file.read().replace(".bss :", ".extra 0x1000004 : { BYTE(1) QUAD(2) }\n.bss 0x1008000 :")
    with open(bench.path("overlap.ld"), "w") as file:
        file.write(script)
    return bench.path("overlap.ld")


@case
def ram_image_keeps_one_distance(bench):
    bench.compile("""
        .globl _start
        _start: lw a0, var
        lla a1, var
        sw a0, copy, t0
        ebreak
        .section .rodata
        .space 3000
        .data
        .space 300000
        var: .word 7
        copy: .word 0""")
    flat = bench.convert("--ram")
    for text in (0x80000000, 0x8123 * 16):
        machine = Machine(flat, text, 0).run()
        assert machine.x[10] == 7 and machine.x[11] == machine.text + len(flat.text) + 300000
        assert machine.load(bench.at(machine, "copy"), 4) == 7
