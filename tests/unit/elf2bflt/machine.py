"""A flat binary loaded as abi/bflt.h says, and just enough of a RISC-V to run what the cases assemble.

It knows nothing of elf2bflt: a case says in assembly what shall happen, and looks at registers and memory afterwards.
"""
import struct

HEADER = struct.Struct(">4s14I4x")
GP_OFFSET = 0x800
FLAG_RAM = 1


def signed(value, bits):
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


class Flat:
    """The parts of a flat file."""

    def __init__(self, blob):
        (magic, rev, self.entry, data, data_end, bss_end, self.stack, relocs, count, self.flags,
         self.date, self.width, *rest) = HEADER.unpack_from(blob)
        assert magic == b"bFLT" and rev == 4 and self.date == 0 and not any(rest[:4])
        assert self.width in (32, 64)
        self.text = blob[64:data]
        self.data = blob[data:data_end]
        self.bss = bss_end - data_end
        assert relocs + 4 * count == len(blob), "the relocations end the file"
        assert len(self.text) % 16 == 0 and self.bss >= 0
        self.relocs = list(struct.unpack_from(f">{count}I", blob, relocs))
        assert self.relocs == sorted(set(self.relocs)), "ascending, each word once"


class Machine:
    """Memory with text at `text` and data at `data`; x[] are the registers."""

    def __init__(self, flat, text, data):
        if flat.flags & FLAG_RAM:
            data = text + len(flat.text)
        self.flat, self.text, self.data, self.bits = flat, text, data, flat.width
        self.areas = [(text, bytearray(flat.text)), (data, bytearray(flat.data) + bytearray(flat.bss))]
        self.relocate()
        self.x = [0x1111 * i for i in range(32)]
        self.x[0], self.x[3] = 0, data + GP_OFFSET
        self.pc = text + flat.entry - 64

    def relocate(self):
        size = len(self.flat.text)
        assert self.flat.flags & FLAG_RAM or all(r >= size for r in self.flat.relocs), "text must not be relocated"
        for offset in self.flat.relocs:
            at = self.text + offset if offset < size else self.data + offset - size
            value = self.load(at, self.bits // 8)
            self.store(at, self.text + value if value < size else self.data + value - size, self.bits // 8)

    def area(self, at, size):
        at &= (1 << self.bits) - 1
        for base, memory in self.areas:
            if base <= at and at + size <= base + len(memory):
                return memory, at - base
        raise AssertionError(f"access to {at:#x}, which is not the program's")

    def load(self, at, size):
        memory, offset = self.area(at, size)
        return int.from_bytes(memory[offset:offset + size], "little")

    def store(self, at, value, size):
        memory, offset = self.area(at, size)
        memory[offset:offset + size] = (value & ((1 << 8 * size) - 1)).to_bytes(size, "little")

    def set(self, register, value):
        if register:
            self.x[register] = value & ((1 << self.bits) - 1)

    def run(self):
        """Runs to an ebreak."""
        for _ in range(10000):
            insn = self.load(self.pc, 2)
            if insn & 3 != 3:
                if insn == 0x9002:
                    return self
                self.compressed(insn)
            else:
                insn = self.load(self.pc, 4)
                if insn == 0x00100073:
                    return self
                self.full(insn)
        raise AssertionError("the program does not end")

    def compressed(self, insn):
        rd, rs2, imm = insn >> 7 & 31, insn >> 2 & 31, signed(insn >> 7 & 32 | insn >> 2 & 31, 6)
        kind = insn & 0xe003
        if kind == 0x0001:
            self.set(rd, self.x[rd] + imm)
        elif kind == 0x4001:
            self.set(rd, imm)
        elif kind == 0x6001 and rd not in (0, 2) and imm:
            self.set(rd, imm << 12)
        elif kind == 0x4000 or (kind == 0x6000 and self.bits == 64):
            self.compressed_load(insn, 4 if kind == 0x4000 else 8)
        elif insn & 0xf003 == 0x8002 and rd and rs2:
            self.set(rd, self.x[rs2])
        elif insn & 0xf003 == 0x9002 and rd and rs2:
            self.set(rd, self.x[rd] + self.x[rs2])
        else:
            raise AssertionError(f"instruction {insn:#06x} at {self.pc:#x}")
        self.pc += 2

    def compressed_load(self, insn, size):
        high = insn << 1 & 0x40 | insn >> 4 & 4 if size == 4 else insn << 1 & 0xc0
        at = self.x[8 + (insn >> 7 & 7)] + (insn >> 7 & 0x38 | high)
        self.set(8 + (insn >> 2 & 7), signed(self.load(at, size), 8 * size))

    def full(self, insn):
        opcode, rd, funct3 = insn & 0x7f, insn >> 7 & 31, insn >> 12 & 7
        base, imm = self.x[insn >> 15 & 31], signed(insn >> 20, 12)
        if opcode == 0x17:
            self.set(rd, self.pc + signed(insn & 0xfffff000, 32))
        elif opcode == 0x37:
            self.set(rd, signed(insn & 0xfffff000, 32))
        elif opcode == 0x13 and funct3 == 0:
            self.set(rd, base + imm)
        elif opcode == 0x03:
            size = 1 << (funct3 & 3)
            value = self.load(base + imm, size)
            self.set(rd, value if funct3 & 4 else signed(value, 8 * size))
        elif opcode == 0x23:
            imm = signed(insn >> 25 << 5 | rd, 12)
            self.store(base + imm, self.x[insn >> 20 & 31], 1 << funct3)
        else:
            raise AssertionError(f"instruction {insn:#010x} at {self.pc:#x}")
        self.pc += 4
