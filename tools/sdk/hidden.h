/*
 * Included before every source file of a program. It makes each declaration hidden unless it says otherwise, so that the
 * compiler reaches externals directly instead of through the GOT: one pair of instructions that the linker or elf2bflt
 * can turn into a gp-relative one. -fvisibility=hidden alone would do so for definitions only.
 */
#ifndef __ASSEMBLER__
#pragma GCC visibility push(hidden)
#endif
