/*
 * Preprocessor helpers for expanding abi/syscalls.def. SYSCALL_EACH(m, arguments...) joins m_KIND(...) of each argument with
 * commas, SYSCALL_ALL puts them side by side. The kinds (VAL, FD, PATH...) are never macros themselves: m_ is pasted before them.
 */
#pragma once

#define SYSCALL_CAT(a, b) SYSCALL_CAT_I(a, b)
#define SYSCALL_CAT_I(a, b) a##b
#define SYSCALL_COUNT(...) SYSCALL_COUNT_I(__VA_ARGS__ __VA_OPT__(, ) 6, 5, 4, 3, 2, 1, 0)
#define SYSCALL_COUNT_I(a, b, c, d, e, f, n, ...) n

#define SYSCALL_EACH(m, ...) SYSCALL_CAT(SYSCALL_EACH_, SYSCALL_COUNT(__VA_ARGS__))(m, __VA_ARGS__)
#define SYSCALL_EACH_0(m, ...)
#define SYSCALL_EACH_1(m, a) m##_##a
#define SYSCALL_EACH_2(m, a, b) m##_##a, m##_##b
#define SYSCALL_EACH_3(m, a, b, c) m##_##a, m##_##b, m##_##c
#define SYSCALL_EACH_4(m, a, b, c, d) m##_##a, m##_##b, m##_##c, m##_##d
#define SYSCALL_EACH_5(m, a, b, c, d, e) m##_##a, m##_##b, m##_##c, m##_##d, m##_##e
#define SYSCALL_EACH_6(m, a, b, c, d, e, f) m##_##a, m##_##b, m##_##c, m##_##d, m##_##e, m##_##f

#define SYSCALL_ALL(m, ...) SYSCALL_CAT(SYSCALL_ALL_, SYSCALL_COUNT(__VA_ARGS__))(m, __VA_ARGS__)
#define SYSCALL_ALL_0(m, ...)
#define SYSCALL_ALL_1(m, a) m##_##a
#define SYSCALL_ALL_2(m, a, b) m##_##a m##_##b
#define SYSCALL_ALL_3(m, a, b, c) m##_##a m##_##b m##_##c
#define SYSCALL_ALL_4(m, a, b, c, d) m##_##a m##_##b m##_##c m##_##d
#define SYSCALL_ALL_5(m, a, b, c, d, e) m##_##a m##_##b m##_##c m##_##d m##_##e
#define SYSCALL_ALL_6(m, a, b, c, d, e, f) m##_##a m##_##b m##_##c m##_##d m##_##e m##_##f

/* (void) for a call without arguments. */
#define SYSCALL_PARAMS(m, ...) SYSCALL_CAT(SYSCALL_PARAMS_, __VA_OPT__(SOME))(m, __VA_ARGS__)
#define SYSCALL_PARAMS_(m, ...) (void)
#define SYSCALL_PARAMS_SOME(m, ...) (SYSCALL_EACH(m, __VA_ARGS__))
