"""Pairs that are no pairs, and addresses that cannot be found at run time."""
from bench import case

TAIL = "\nebreak\n.data\n.space 8192\nvar: .word 7\n.word 8"


def pair(bench, text, flags=()):
    bench.compile(".globl _start\n_start:" + text + TAIL, *flags)


@case
def refuses_halves_apart(bench):
    pair(bench, """
        1: auipc a0, %pcrel_hi(var)
        addi a1, zero, 1
        lw a0, %pcrel_lo(1b)(a0)""")
    bench.refuse(".text+0x", "broken pair for 'var'", "not adjacent")
    assert all(machine.x[10] == 7 for machine in bench.run("--ram"))


@case
def refuses_a_shared_first_half(bench):
    pair(bench, """
        1: auipc a0, %pcrel_hi(var)
        lw a1, %pcrel_lo(1b)(a0)
        lw a2, %pcrel_lo(1b)(a0)""")
    bench.refuse(".text+0x8", "broken pair for 'var'", "share")
    assert all(machine.x[11] == machine.x[12] == 7 for machine in bench.run("--ram"))


@case
def refuses_different_registers(bench):
    pair(bench, """
        1: auipc a0, %pcrel_hi(var)
        lw a1, %pcrel_lo(1b)(a2)""")
    bench.refuse(".text+0x4", "broken pair for 'var'", "registers")


@case
def refuses_a_missing_second_half(bench):
    pair(bench, "1: auipc a0, %pcrel_hi(var)")
    bench.refuse(".text+0x0", "broken pair for 'var'", "no second half")


@case
def refuses_a_store_of_half_an_address(bench):
    pair(bench, """
        1: auipc a0, %pcrel_hi(var)
        sw a0, %pcrel_lo(1b)(a0)""")
    bench.refuse(".text+0x4", "broken pair for 'var'")


@case
def refuses_other_arithmetic_on_half_an_address(bench):
    pair(bench, """
        1: auipc a0, %pcrel_hi(var)
        xori a0, a0, %pcrel_lo(1b)""")
    bench.refuse(".text+0x4", "broken pair for 'var'")


@case
def refuses_absolute_instructions(bench):
    pair(bench, "lui a0, %hi(var)\naddi a0, a0, %lo(var)")
    for flags in ((), ("--ram",)):
        bench.refuse(".text+0x0", "R_RISCV_HI20 against 'var'", "absolute", flags=flags)


@case
def refuses_pointers_in_read_only_data(bench):
    bench.compile(f"""
        .globl _start
        _start: {bench.load_word} a0, pointer
        lw a1, 0(a0)
        ebreak
        .section .rodata
        .balign 8
        .dword 0
        pointer: {bench.word} var
        .data
        .space 8192
        var: .word 7""")
    bench.refuse(".rodata+0x8", "'var'", "absolute address in read-only data", "--ram")
    for machine in bench.run("--ram"):
        assert machine.x[10] == bench.at(machine, "var") and machine.x[11] == 7


@case
def refuses_text_that_the_linker_made_absolute(bench):
    bench.compile("""
        .globl _start
        _start: lla a0, constant
        ebreak
        .section .rodata
        constant: .word 5
        .data
        .word 1""", relax=True, text_base=0)
    bench.refuse(".text+0x0", "'constant'", "0x1000")


@case
def refuses_unaligned_pointers(bench):
    bench.compile(f"""
        .globl _start
        _start: ebreak
        .data
        .byte 1
        {bench.word.replace('.dword', '.8byte').replace('.word', '.4byte')} _start""")
    bench.refuse(".data+0x1", "unaligned pointer to '_start'")


@case
def refuses_pointers_of_the_wrong_width(bench):
    if bench.width == 64:
        bench.compile(".globl _start\n_start: ebreak\n.data\n.word var\nvar: .word 1")
        bench.refuse(".data+0x0", "R_RISCV_32 against 'var'", "width")


@case
def refuses_pointers_that_leave_their_segment(bench):
    bench.compile(f".globl _start\n_start: ebreak\n.data\nvar: .word 1\n.balign 8\n{bench.word} var-16")
    bench.refuse(".data+0x8", "'var'", "leaves")
    bench.compile(f".globl _start\n_start: ebreak\n.data\n{bench.word} _start+64")
    bench.refuse(".data+0x0", "'_start'", "leaves")


@case
def refuses_differences_between_text_and_data(bench):
    bench.compile(".globl _start\n_start: ebreak\n.data\nvar: .word var - _start")
    bench.refuse(".data+0x0", "'var'", "difference")
    bench.compile(".globl _start\n_start: ebreak\n.section .rodata\n.word 0, var - .\n.data\nvar: .word 1")
    bench.refuse(".rodata+0x4", "'var'")


@case
def refuses_calls_out_of_text(bench):
    pair(bench, "call var")
    bench.refuse(".text+0x0", "'var'", "call out of text")


@case
def refuses_thread_local_variables_that_nothing_fills(bench):
    bench.compile("""
        .globl _start
        _start: lui a0, %tprel_hi(var)
        add a0, a0, tp, %tprel_add(var)
        lw a0, %tprel_lo(var)(a0)
        ebreak
        .section .tdata,"awT",@progbits
        var: .word 1""")
    bench.refuse("thread-local variables that nothing fills")


@case
def refuses_thread_local_variables_through_a_table(bench):
    bench.compile("""
        .globl _start, __tls_begin
        _start:
        __tls_begin: la.tls.ie a0, var
        ebreak
        .section .tdata,"awT",@progbits
        var: .word 1""")
    bench.refuse("dynamic linker")


