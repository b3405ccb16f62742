/* What threads leave behind: structures and stack, and what newlib has allocated for each. */
#include <stdlib.h>

#include "thread.h"

static void free_numbers(struct _Bigint *each)
{
	while (each) {
		struct _Bigint *next = each->_next;

		free(each);
		each = next;
	}
}

/* The memory for conversions of floating-point numbers. */
static void free_conversions(struct _mprec *mp)
{
	if (!mp)
		return;
	for (unsigned i = 0; mp->_freelist && i < _Kmax; i++)
		free_numbers(mp->_freelist[i]);
	free(mp->_freelist);
	free_numbers(mp->_p5s);
	free(mp->_result);
	free(mp);
}

static void free_reent(struct _reent *reent)
{
	free_conversions(reent->_mp);
	free(reent->_emergency);
	free(reent->_r48);
	free(reent->_localtime_buf);
	free(reent->_asctime_buf);
	free(reent->_signal_buf);
	free(reent->_misc);
	free(reent->_cvtbuf);
}

void __thread_free(struct thread_life *life)
{
	if (!life->memory)
		return;
	free_reent((struct _reent *)(void *)(life + 1));
	free(life->memory);
}

void __thread_bury(struct thread_life *life)
{
	life->next = __threads.dead;
	__threads.dead = life;
}

static struct thread_life *take_one_gone(void)
{
	for (struct thread_life **at = &__threads.dead, *each; (each = *at) != NULL; at = &each->next) {
		if (__atomic_load_n(&each->gone, __ATOMIC_ACQUIRE)) {
			*at = each->next;
			return each;
		}
	}
	return NULL;
}

void __threads_reap(void)
{
	if (!__threads.dead)
		return;
	__libc_lock(&__threads.lock);
	for (struct thread_life *each; (each = take_one_gone()) != NULL;)
		__thread_free(each);
	__libc_unlock(&__threads.lock);
}
