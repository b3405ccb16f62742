/*
 * The locks inside the C library, all of them recursive: streams, environment, time zone, exit functions. In a program
 * without pthread_create they do nothing, and in one with it they take no system call while nobody else wants them.
 */
#ifndef SUBLET_SYS_LOCK_H
#define SUBLET_SYS_LOCK_H

#ifdef __cplusplus
extern "C" {
#endif

/* 0: free. Otherwise bits 0 to 15: the holder's tid; 16 to 30: how often it holds it beyond once; 31: there are waiters. */
typedef unsigned _LOCK_T;
typedef unsigned _LOCK_RECURSIVE_T;

/* A thread that holds one is not cancelled. */
void __libc_lock(_LOCK_T *lock);
/* 1, or 0 when another thread holds it. */
int __libc_trylock(_LOCK_T *lock);
void __libc_unlock(_LOCK_T *lock);

#define __LOCK_INIT(class, lock) class _LOCK_T lock = 0;
#define __LOCK_INIT_RECURSIVE(class, lock) class _LOCK_T lock = 0;
#define __lock_init(lock) ((lock) = 0)
#define __lock_init_recursive(lock) ((lock) = 0)
#define __lock_close(lock) ((void)0)
#define __lock_close_recursive(lock) ((void)0)
#define __lock_acquire(lock) __libc_lock(&(lock))
#define __lock_acquire_recursive(lock) __libc_lock(&(lock))
#define __lock_try_acquire(lock) __libc_trylock(&(lock))
#define __lock_try_acquire_recursive(lock) __libc_trylock(&(lock))
#define __lock_release(lock) __libc_unlock(&(lock))
#define __lock_release_recursive(lock) __libc_unlock(&(lock))

#ifdef __cplusplus
}
#endif

#endif
