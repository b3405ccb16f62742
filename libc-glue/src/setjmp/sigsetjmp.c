/* setjmp with the signal mask. sigsetjmp is a macro, for nothing may lie between setjmp and its caller. */
#include <setjmp.h>
#include <signal.h>

_JBTYPE *__sigjmp_save(sigjmp_buf env, int save)
{
	env->saved = save;
	if (save)
		sigprocmask(SIG_BLOCK, NULL, &env->mask);
	return env->registers;
}

void siglongjmp(sigjmp_buf env, int value)
{
	if (env->saved)
		sigprocmask(SIG_SETMASK, &env->mask, NULL);
	longjmp(env->registers, value);
}
