#include "insn.h"

#include <assert.h>

#define OPCODE_MASK 0x7fu
#define OPCODE_AUIPC 0x17u
#define OPCODE_LUI 0x37u

uint32_t insn_get16(const uint8_t *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

uint32_t insn_get32(const uint8_t *at)
{
	return insn_get16(at) | insn_get16(at + 2) << 16;
}

void insn_put16(uint8_t *at, uint32_t value)
{
	at[0] = (uint8_t)value;
	at[1] = (uint8_t)(value >> 8);
}

void insn_put32(uint8_t *at, uint32_t value)
{
	insn_put16(at, value);
	insn_put16(at + 2, value >> 16);
}

bool insn_is_auipc(uint32_t insn)
{
	return (insn & OPCODE_MASK) == OPCODE_AUIPC;
}

bool insn_is_lui(uint32_t insn)
{
	return (insn & OPCODE_MASK) == OPCODE_LUI;
}

unsigned insn_rd(uint32_t insn)
{
	return insn >> 7 & 31;
}

unsigned insn_rs1(uint32_t insn)
{
	return insn >> 15 & 31;
}

int64_t insn_upper(uint32_t insn)
{
	return (int32_t)(insn & 0xfffff000u);
}

int32_t insn_imm12(uint32_t insn, bool store)
{
	uint32_t imm = store ? (insn >> 25) << 5 | (insn >> 7 & 31) : insn >> 20;

	return (int32_t)(imm ^ 0x800u) - 0x800;
}

uint32_t insn_set_imm12(uint32_t insn, bool store, int32_t imm)
{
	uint32_t bits = (uint32_t)imm & 0xfffu;

	if (!store)
		return (insn & 0x000fffffu) | bits << 20;
	return (insn & 0x01fff07fu) | bits >> 5 << 25 | (bits & 31) << 7;
}

uint32_t insn_set_upper(uint32_t insn, int64_t upper)
{
	assert((upper & 0xfff) == 0 && upper >= INT32_MIN && upper <= INT32_MAX);
	return (insn & 0xfffu) | (uint32_t)upper;
}

uint32_t insn_lui(unsigned rd, int64_t upper)
{
	return insn_set_upper(OPCODE_LUI | rd << 7, upper);
}

uint32_t insn_c_lui(unsigned rd, int64_t page)
{
	assert(page >= -32 && page <= 31 && page != 0 && rd != REG_ZERO && rd != REG_SP);
	return 0x6001u | ((uint32_t)page & 32) << 7 | rd << 7 | ((uint32_t)page & 31) << 2;
}

uint32_t insn_c_add(unsigned rd, unsigned rs)
{
	assert(rd != REG_ZERO && rs != REG_ZERO);
	return 0x9002u | rd << 7 | rs << 2;
}

uint32_t insn_c_mv(unsigned rd, unsigned rs)
{
	assert(rd != REG_ZERO && rs != REG_ZERO);
	return 0x8002u | rd << 7 | rs << 2;
}
