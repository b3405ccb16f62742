/* newlib's <setjmp.h>, and the pair that can save the signal mask too. */
#ifndef SUBLET_SETJMP_H
#define SUBLET_SETJMP_H

#include_next <setjmp.h>

#include <sys/_sigset.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct __sigjmp {
	jmp_buf registers;
	__sigset_t mask;
	int saved;
} sigjmp_buf[1];

/* Saves the mask if `save` is true; returns the environment's registers. */
_JBTYPE *__sigjmp_save(sigjmp_buf env, int save);

/* 0, or what siglongjmp was given; the mask is restored then if `save` was true. */
#define sigsetjmp(env, save) setjmp(__sigjmp_save(env, save))
void siglongjmp(sigjmp_buf env, int value) __attribute__((__noreturn__));

/* Without the mask. */
#define _setjmp(env) setjmp(env)
#define _longjmp(env, value) longjmp(env, value)

#ifdef __cplusplus
}
#endif

#endif
