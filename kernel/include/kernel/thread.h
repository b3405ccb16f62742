/*
 * Threads and the scheduler: fixed priorities, SCHED_FIFO and SCHED_RR, one processor.
 *
 * The kernel runs with interrupts masked from trap to return. It is left for another thread only where it says so: a
 * sleep (waitq.h), thread_yield, a preemption point in a long loop, or the way back to user mode. Between two such points kernel code
 * is alone, and needs no lock.
 */
#pragma once

#include <arch.h>
#include <kernel/list.h>
#include <kernel/timer.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define THREAD_PRIO_MIN 1 /* 0 is the idle thread's */
#define THREAD_PRIO_MAX 31
#define THREAD_PRIO_DEFAULT 16

enum thread_policy { THREAD_FIFO, THREAD_RR };
enum thread_state { THREAD_READY, THREAD_RUNNING, THREAD_SLEEPING, THREAD_DEAD };

/* How deep a sleep is: what may end it before its event. */
enum thread_sleep { SLEEP_UNINTERRUPTIBLE, SLEEP_KILLABLE, SLEEP_INTERRUPTIBLE };

struct waitq;
struct sem;

struct thread {
	struct arch_context context;       /* must be first: arch code finds it by the thread's address */
	struct list link;                  /* in a ready queue, or in a wait queue */
	const struct arch_space *space;    /* what user mode may touch; NULL for kernel threads */
	void *owner;                       /* struct process of the layer above; NULL for kernel threads */
	uint8_t state, policy;
	uint8_t prio, base_prio;           /* effective (with inheritance), own */
	uint8_t sleep;                     /* enum thread_sleep of the current sleep */
	volatile uint8_t work;             /* THREAD_WORK_*: things to do before returning to user mode */
	uint8_t interrupted;               /* enum thread_sleep up to which a pending interruption reaches; 0 none */
	int16_t wake_result;
	struct waitq *waitq;               /* where it sleeps */
	struct sem *blocked_on;            /* semaphore with a holder that it waits for, for inheritance */
	struct list held;                  /* semaphores that it holds with waiters' priorities to inherit */
	struct timer timer;                /* ends a sleep with -ETIMEDOUT */
	ticks_t runtime;                   /* ticks on the processor, up to the last switch away */
	uintptr_t *stack;                  /* lowest word holds THREAD_CANARY */
	struct trapframe *frame;           /* user registers, at the top of the stack */
	void *extra;                       /* struct uthread of the layer above, when the owner has several threads; NULL */
};

#define THREAD_WORK_SIGNAL 1 /* the layer above has something to deliver (user_return_work) */
#define THREAD_WORK_FULL 2   /* the frame was changed: restore every register from it */
#define THREAD_WORK_RESCHED 4 /* another thread should run */
#define THREAD_WORK_ROTATE 8  /* ... and this one queue up behind its equals: its slice is over */
#define THREAD_CANARY ((uintptr_t)0x51B1E000u) /* one instruction to load */

/* The per-processor state. One hart: the design keeps it in one structure. */
struct cpu {
	struct thread *current;
	struct thread *idle;
	ticks_t switched_at;
	bool sliced; /* the timer interrupt comes before the end of a slice that began now or later */
	/* thread.c's alone: */
	uint32_t map; /* bit n: ready[n] is not empty */
	unsigned top; /* the highest bit of map; 0 without one */
	struct thread *successor; /* runs next, when the running thread goes to sleep */
	const struct arch_space *loaded;
	struct thread *dead;
	struct list ready[THREAD_PRIO_MAX + 1];
};
extern struct cpu cpu;

static inline struct thread *thread_current(void)
{
	return cpu.current;
}

/* Makes the calling context the boot thread and creates the idle thread. Once. */
void thread_boot(void);

/* A new thread, sleeping until thread_start. The block holds the kernel stack and the structure. NULL without memory. */
struct thread *thread_create(enum thread_policy policy, unsigned prio);
/* Gives back a thread that never ran or is dead. */
void thread_free(struct thread *thread);
/* Kernel threads: runs entry(arg) when started; returning from it is thread_exit(). */
void thread_set_entry(struct thread *thread, void (*entry)(void *), void *arg);
/* User threads: starts in user mode with the registers in thread->frame. */
void thread_set_user(struct thread *thread);
/* The same for a frame that arch_frame_copy_call made. */
void thread_set_user_call(struct thread *thread);
/* Ticks that the running thread has had on the processor, up to now. */
static inline ticks_t thread_cpu_time(void)
{
	return cpu.current->runtime + timer_now() - cpu.switched_at;
}

/* Puts the thread into the ready queue. Preempts at the next opportunity if it is more urgent. */
void thread_start(struct thread *thread);
/* For a caller that is about to sleep: the thread runs after it, before its equals; only the more urgent go first. One at a time. */
void thread_start_next(struct thread *thread);
/* The calling thread is about to end: no time slice is set up for it any more. */
static inline void thread_retire(void)
{
	cpu.current->policy = THREAD_FIFO;
}
/* Ends the calling thread; whoever runs next frees its block. Held semaphores must have been posted. */
_Noreturn void thread_exit(void);
/* Frees the block of a thread that ended, if there is one. For contexts that begin without coming back from a switch. */
void thread_reap(void);

/* Lets threads of the same priority run first. */
void thread_yield(void);
/* Preemption point: handles pending interrupts and runs more urgent threads. Thread context; every pointer into another
 * thread's data must be checked again afterwards. */
void thread_preempt_point(void);
/* Does what THREAD_WORK_RESCHED asks for. */
void thread_resched(void);
/* Timer interrupt: ends the running thread's time slice when it is over. Returns when to call again, TICKS_NEVER: need not be. */
ticks_t thread_slice_check(ticks_t now);
/* The boot thread's fate: runs whatever is ready, waits for interrupts otherwise. */
_Noreturn void thread_idle(void);
/* Picks the next thread and switches to it; the caller has already put itself where it belongs. */
void thread_schedule(void);

/* The running thread's `space` pointer, or what it points to, changed: opens it now. */
void thread_load_space(void);
/* `space` goes away: closes it if it is open. */
void thread_forget_space(const struct arch_space *space);

void thread_set_priority(struct thread *thread, enum thread_policy policy, unsigned prio);
/* Recomputes the effective priority from base and held semaphores, and follows the chain of inheritance. */
void thread_update_priority(struct thread *thread);

/* Ends the thread's sleep with -EINTR if the sleep is at least that light; otherwise (also when it runs) the next such sleep ends
 * at once, until thread_clear_interrupt. A sleep that ends so leaves THREAD_WORK_SIGNAL. */
void thread_interrupt(struct thread *thread, enum thread_sleep reach);
void thread_clear_interrupt(struct thread *thread);

/* Marks the free part of a new thread's kernel stack, so that its depth can be told later. Costs time: debug builds, tests. */
void thread_fill_stack(struct thread *thread);
/* Bytes of a filled kernel stack that were never written. */
size_t thread_stack_unused(const struct thread *thread);
