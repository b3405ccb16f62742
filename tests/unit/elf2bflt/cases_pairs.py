"""Each form of pair, executed in place."""
from bench import case

VALUE = 0x80f1e2d3c4b5a697  # every byte's sign bit differs from its neighbour's somewhere
LOADS = {32: ("lb", "lbu", "lh", "lhu", "lw"), 64: ("lb", "lbu", "lh", "lhu", "lw", "lwu", "ld")}
STORES = {32: ("sb", "sh", "sw"), 64: ("sb", "sh", "sw", "sd")}
SIZES = {"b": 1, "h": 2, "w": 4, "d": 8}


def loaded(op, width):
    """What `op` of VALUE leaves in a register."""
    bits = 8 * SIZES[op[1]]
    value = VALUE & ((1 << bits) - 1)
    if not op.endswith("u") and value >> (bits - 1):
        value -= 1 << bits
    return value & ((1 << width) - 1)


def check_loads(bench, distance, relax=False):
    for op in LOADS[bench.width]:
        bench.compile(f"""
            .globl _start
            _start: {op} a0, var
            ebreak
            .data
            .space {distance}
            .balign 8
            var: .dword {VALUE}
            .space 8""", relax=relax)
        for machine in bench.run():
            assert machine.x[10] == loaded(op, bench.width), f"{op} gave {machine.x[10]:#x}"


def check_stores(bench, distance):
    for op in STORES[bench.width]:
        bench.compile(f"""
            .globl _start
            _start: lla a1, value
            {bench.load_word} a1, 0(a1)
            {op} a1, var, t0
            ebreak
            .data
            .space {distance}
            .balign 8
            value: .dword {VALUE}
            guard: .dword 0
            var: .dword 0, 0""")
        for machine in bench.run():
            size, at = SIZES[op[1]], bench.at(machine, "var")
            assert machine.load(at, 8) == VALUE & ((1 << 8 * size) - 1), op
            assert machine.load(at - 8, 8) == 0 and machine.load(at + 8, 8) == 0, op


@case
def rewrites_load_pairs(bench):
    check_loads(bench, 8192)


@case
def rewrites_load_pairs_with_hi_zero(bench):
    check_loads(bench, 16)


@case
def keeps_relaxed_gp_loads(bench):
    check_loads(bench, 16, relax=True)
    check_loads(bench, 8192, relax=True)


@case
def rewrites_store_pairs(bench):
    check_stores(bench, 12000)


@case
def rewrites_store_pairs_with_hi_zero(bench):
    check_stores(bench, 32)


def check_addresses(bench, expression, distance):
    """lla into each register that may be rewritten."""
    for register in (1, 4, 5, 8, 15, 31):
        bench.compile(f"""
            .globl _start
            _start: lla x{register}, {expression}
            ebreak
            .data
            first: .space {distance}
            var: .word 1
            .bss
            .space 70000
            far: .space 4""")
        for machine in bench.run():
            name, _, offset = expression.partition("-")
            wanted = bench.at(machine, name) - int(offset or "0", 0)
            assert machine.x[register] == wanted, f"x{register} is {machine.x[register]:#x}, not {wanted:#x}"


@case
def rewrites_address_pairs(bench):
    check_addresses(bench, "var", 20000)
    check_addresses(bench, "far", 20000)


@case
def rewrites_address_pairs_with_hi_zero(bench):
    check_addresses(bench, "var", 100)


@case
def rewrites_address_pairs_with_negative_hi(bench):
    check_addresses(bench, "first-0x5432", 16)
    check_addresses(bench, "first-0x1f800", 16)


@case
def rewrites_every_page_of_the_reach(bench):
    lines = "\n".join(f"lb a0, var{n}\n sb a0, copy+{n}, t0" for n in range(1, 32))
    data = "\n".join(f".space 4095\n var{n}: .byte {n}" for n in range(1, 32))
    bench.compile(f".globl _start\n _start: {lines}\n ebreak\n .data\n copy: .space 32\n {data}")
    for machine in bench.run():
        copy = bench.at(machine, "copy")
        assert [machine.load(copy + n, 1) for n in range(1, 32)] == list(range(1, 32))


def reach(bench, distance):
    bench.compile(f"""
        .globl _start
        _start: nop
        site: lla a0, var
        ebreak
        .data
        .word 0
        .bss
        .space {distance - 4}
        var: .space 4""")


@case
def reaches_as_far_as_promised_and_refuses_the_next_byte(bench):
    reach(bench, 0x800 + 0x1f7ff)
    for machine in bench.run():
        assert machine.x[10] == machine.data + 0x1ffff
    reach(bench, 0x800 + 0x1f800)
    bench.refuse(".text+0x", "reach exceeded", "'var'", str(0x1f800), "--ram")
    for machine in bench.run("--ram"):
        assert machine.x[10] == machine.data + 0x20000


@case
def refuses_reach_below_gp(bench):
    bench.compile("""
        .globl _start
        _start: lla a0, var-0x20801
        ebreak
        .data
        var: .word 1""")
    bench.refuse(".text+0x0", "reach exceeded", "'var'")


@case
def rewrites_got_pairs(bench):
    bench.compile(f"""
        .globl _start, var, routine
        _start: la a0, var
        la a1, routine
        la a2, var
        ebreak
        routine: ebreak
        .data
        .space 8192
        var: .word 5""")
    for machine in bench.run():
        assert machine.x[10] == machine.x[12] == bench.at(machine, "var")
        assert machine.x[11] == bench.at(machine, "routine")
        assert len(machine.flat.relocs) == 2


@case
def leaves_pairs_into_text_alone(bench):
    bench.compile("""
        .globl _start
        _start: lla a0, _start
        lw a1, constant
        ebreak
        .section .rodata
        .space 5000
        constant: .word 77""")
    for machine in bench.run():
        assert machine.x[10] == machine.text and machine.x[11] == 77


@case
def takes_any_base_of_text(bench):
    for base in (0, 0x1000, 0x10000, 0x3210):
        bench.compile("""
            .globl _start
            nop
            _start: lla a0, _start
            lw a1, var
            ebreak
            .data
            .space 8192
            var: .word 99""", text_base=base)
        for machine in bench.run():
            assert machine.x[10] == bench.at(machine, "_start", base) and machine.x[11] == 99


@case
def weak_undefined_symbols_are_zero(bench):
    source = """
        .weak nothing
        .hidden nothing
        .globl _start
        _start: lla a0, nothing
        lla a1, nothing+4
        la a2, nothing
        call skip
        ebreak
        call nothing
        skip: ebreak
        .data
        .word 1"""
    bench.compile(source.replace("call skip", "nop"))
    for machine in bench.run():
        assert machine.x[10] == 0 and machine.x[11] == 4 and machine.x[12] == 0
        assert not machine.flat.relocs
    bench.compile(source.replace("call skip", "nop"), relax=True)
    for machine in bench.run("--ram") + bench.run():
        assert machine.x[10] == 0 and machine.x[11] == 4 and machine.x[12] == 0


@case
def absolute_symbols_are_constants(bench):
    bench.compile("""
        .globl _start
        _start: lla a0, number
        lla a1, small
        ebreak
        .data
        .word 1
        .equ small, 5""", "-Wl,--defsym,number=0x12345")
    for machine in bench.run() + bench.run("--ram"):
        assert machine.x[10] == 0x12345 and machine.x[11] == 5
    bench.compile(".globl _start\n_start: lla a0, doubtful\nebreak\n.data\n.word 1", "-Wl,--defsym,doubtful=0x1004")
    bench.refuse(".text+0x0", "'doubtful'")


@case
def gp_itself_can_be_loaded(bench):
    bench.compile("""
        .globl _start
        _start: lla gp, __global_pointer$
        mv a0, gp
        ebreak
        .data
        .word 1""")
    for machine in bench.run():
        assert machine.x[10] == machine.data + 0x800


@case
def refuses_registers_that_cannot_be_rewritten(bench):
    for register in ("sp", "gp"):
        bench.compile(f".globl _start\n_start: lla {register}, var\nebreak\n.bss\n.space 9000\nvar: .space 4")
        bench.refuse(".text+0x0", "'var'", "register")
