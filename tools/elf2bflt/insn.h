/*
 * The few RISC-V encodings that pairs are made of. Immediates are sign-extended; registers are numbers 0 to 31.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define REG_ZERO 0u
#define REG_SP 2u
#define REG_GP 3u
#define INSN_C_NOP 0x0001u

/* Little-endian access at any alignment. */
uint32_t insn_get16(const uint8_t *at);
uint32_t insn_get32(const uint8_t *at);
void insn_put16(uint8_t *at, uint32_t value);
void insn_put32(uint8_t *at, uint32_t value);

bool insn_is_auipc(uint32_t insn);
bool insn_is_lui(uint32_t insn);
unsigned insn_rd(uint32_t insn);
unsigned insn_rs1(uint32_t insn);

/* Bits 31:12 as a signed multiple of 4096. */
int64_t insn_upper(uint32_t insn);

/* The 12-bit immediate of an I-type or, when `store`, an S-type instruction; and the same instruction with another one. */
int32_t insn_imm12(uint32_t insn, bool store);
uint32_t insn_set_imm12(uint32_t insn, bool store, int32_t imm);

/* auipc or lui by its opcode bits with `upper`, a multiple of 4096 in [-2^31, 2^31). */
uint32_t insn_set_upper(uint32_t insn, int64_t upper);
uint32_t insn_lui(unsigned rd, int64_t upper);

/* Compressed forms. c.lui: page in [-32, 31] and not 0, rd neither x0 nor x2. */
uint32_t insn_c_lui(unsigned rd, int64_t page);
uint32_t insn_c_add(unsigned rd, unsigned rs);
uint32_t insn_c_mv(unsigned rd, unsigned rs);
