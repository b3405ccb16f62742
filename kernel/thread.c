/*
 * Threads and the scheduler.
 *
 * Invariants:
 *   - a READY thread is in the ready queue of its effective priority, and the queue's bit in the map is set; nobody else is there;
 *   - the RUNNING thread is in no list; the idle thread is never queued;
 *   - `successor` counts as SLEEPING and is in no list, until the next thread_schedule runs it or makes it READY;
 *   - a thread leaves the processor only through thread_schedule;
 *   - while `sliced`, the timer interrupt comes no later than the end of the running thread's slice: it was set for that, or for the earlier
 *     end of a slice that another thread left before;
 *   - a dead thread's block is freed on another thread's stack, before anything else that thread does.
 */
#include <kernel/thread.h>

#include <abi/errno.h>
#include <kernel/mem.h>
#include <kernel/panic.h>
#include <kernel/sem.h>
#include <kernel/string.h>
#include <kernel/waitq.h>

#define STACK_FILL 0xA5

struct cpu cpu;

static struct {
	struct thread thread;
	uintptr_t canary; /* the idle thread runs on the boot stack, which has none */
	struct waitq none; /* where it "sleeps": it must not */
} idle;

/* All but what is written before it is read: context, link, wake_result, stack, frame. */
static void thread_init(struct thread *thread, enum thread_policy policy, unsigned prio)
{
	list_init(&thread->held);
	list_init(&thread->timer.link);
	thread->space = NULL;
	thread->owner = thread->extra = NULL;
	thread->state = THREAD_SLEEPING;
	thread->policy = (uint8_t)policy;
	thread->prio = thread->base_prio = (uint8_t)prio;
	thread->sleep = thread->work = thread->interrupted = 0;
	thread->waitq = NULL;
	thread->blocked_on = NULL;
	thread->runtime = 0;
}

void thread_boot(void)
{
	thread_init(&idle.thread, THREAD_FIFO, 0);
	idle.thread.state = THREAD_RUNNING;
	idle.thread.waitq = &idle.none;
	idle.thread.stack = &idle.canary;
	idle.canary = THREAD_CANARY;
	cpu = (struct cpu){.current = &idle.thread, .idle = &idle.thread, .switched_at = timer_now()};
	for (unsigned i = 0; i <= THREAD_PRIO_MAX; i++)
		list_init(&cpu.ready[i]);
}

struct thread *thread_create(enum thread_policy policy, unsigned prio)
{
	struct thread *thread = mem_alloc(sizeof *thread + sizeof(uintptr_t) + ARCH_KSTACK_SIZE + 16);
	uintptr_t top;

	if (!thread)
		return NULL;
	thread_init(thread, policy, prio);
	top = ((uintptr_t)(thread + 1) + sizeof(uintptr_t) + ARCH_KSTACK_SIZE + 15) & ~(uintptr_t)15;
	thread->stack = (uintptr_t *)(top - ARCH_KSTACK_SIZE);
	thread->stack[0] = THREAD_CANARY;
	thread->frame = (struct trapframe *)(top - sizeof *thread->frame);
	if (CONFIG_FILL_STACKS)
		thread_fill_stack(thread);
	return thread;
}

void thread_fill_stack(struct thread *thread)
{
	memset(thread->stack + 1, STACK_FILL, (uintptr_t)thread->frame - (uintptr_t)(thread->stack + 1));
}

void thread_free(struct thread *thread)
{
	ASSERT(thread != cpu.current && thread->stack[0] == THREAD_CANARY);
	mem_free(thread);
}

void thread_set_entry(struct thread *thread, void (*entry)(void *), void *arg)
{
	arch_context_init(&thread->context, thread->frame, entry, arg);
}

void thread_set_user(struct thread *thread)
{
	arch_context_init_user(&thread->context, thread->frame);
}

void thread_set_user_call(struct thread *thread)
{
	arch_context_init_call(&thread->context, thread->frame);
}

static void ready_insert(struct thread *thread, bool first)
{
	unsigned prio = thread->prio;
	struct list *queue = &cpu.ready[prio];

	thread->state = THREAD_READY;
	if (first)
		list_prepend(queue, &thread->link);
	else
		list_append(queue, &thread->link);
	cpu.map |= 1u << prio;
	if (prio > cpu.top)
		cpu.top = prio;
}

static inline void ready_remove(struct thread *thread, unsigned prio)
{
	list_unlink(&thread->link);
	if (!list_empty(&cpu.ready[prio]))
		return;
	cpu.map &= ~(1u << prio);
	if (prio == cpu.top)
		cpu.top = cpu.map ? 31u - (unsigned)__builtin_clz(cpu.map) : 0;
}

static ticks_t slice_end(void)
{
	return cpu.switched_at + ARCH_TIMER_HZ / CONFIG_SLICES_PER_SECOND;
}

/* A round-robin thread with company at its priority gets a slice, counted from when it came onto the processor. */
static void slice_arm(void)
{
	if (cpu.sliced || cpu.current->policy != THREAD_RR)
		return;
	cpu.sliced = true;
	timer_program(slice_end());
}

void thread_start(struct thread *thread)
{
	ready_insert(thread, false);
	if (thread->prio > cpu.current->prio)
		cpu.current->work |= THREAD_WORK_RESCHED;
	else if (thread->prio == cpu.current->prio)
		slice_arm();
}

void thread_start_next(struct thread *thread)
{
	ASSERT(!cpu.successor);
	cpu.successor = thread;
}

ticks_t thread_slice_check(ticks_t now)
{
	struct thread *thread = cpu.current;

	if (cpu.sliced && thread->policy == THREAD_RR && cpu.top == thread->prio) {
		if (now < slice_end())
			return slice_end();
		thread->work |= THREAD_WORK_RESCHED | THREAD_WORK_ROTATE;
	}
	cpu.sliced = false;
	return TICKS_NEVER;
}

static struct thread *thread_pick(void)
{
	struct thread *next = cpu.successor;
	unsigned top;

	if (next) {
		cpu.successor = NULL;
		if (next->prio >= cpu.top)
			return next;
		ready_insert(next, true);
	}
	top = cpu.top;
	if (!top)
		return cpu.idle;
	next = list_entry(cpu.ready[top].next, struct thread, link);
	ready_remove(next, top);
	return next;
}

static void thread_account(struct thread *leaving)
{
	ticks_t now = timer_now();

	leaving->runtime += now - cpu.switched_at;
	cpu.switched_at = now;
}

void thread_reap(void)
{
	struct thread *dead = cpu.dead;

	if (dead) {
		cpu.dead = NULL;
		thread_free(dead);
	}
}

void thread_load_space(void)
{
	cpu.loaded = cpu.current->space;
	arch_space_load(cpu.loaded);
}

static void thread_switch(struct thread *from, struct thread *to)
{
	ASSERT(from->stack[0] == THREAD_CANARY);
	thread_account(from);
	cpu.current = to;
	if (to->space && to->space != cpu.loaded)
		thread_load_space();
	if (cpu.top == to->prio)
		slice_arm();
	arch_switch(&from->context, &to->context);
	thread_reap();
}

void thread_schedule(void)
{
	struct thread *from = cpu.current, *to = thread_pick();

	to->state = THREAD_RUNNING;
	if (to != from)
		thread_switch(from, to);
}

static void thread_requeue(bool first)
{
	struct thread *thread = cpu.current;

	if (thread != cpu.idle)
		ready_insert(thread, first);
	thread_schedule();
}

void thread_yield(void)
{
	thread_requeue(false);
}

void thread_resched(void)
{
	struct thread *thread = cpu.current;
	bool rotate = thread->work & THREAD_WORK_ROTATE;

	thread->work &= (uint8_t) ~(THREAD_WORK_RESCHED | THREAD_WORK_ROTATE);
	if (cpu.map && (cpu.top > thread->prio || (rotate && cpu.top == thread->prio)))
		thread_requeue(!rotate);
}

void thread_preempt_point(void)
{
	arch_poll_interrupts();
	if (cpu.current->work & THREAD_WORK_RESCHED)
		thread_resched();
}

_Noreturn void thread_idle(void)
{
	ASSERT(cpu.current == cpu.idle);
	for (;;) {
		while (cpu.map)
			thread_schedule();
		arch_idle();
	}
}

_Noreturn void thread_exit(void)
{
	struct thread *thread = cpu.current;

	ASSERT(list_empty(&thread->held));
	thread_reap();
	if (timer_armed(&thread->timer))
		timer_stop(&thread->timer);
	thread->state = THREAD_DEAD;
	cpu.dead = thread;
	thread_schedule();
	PANIC("a dead thread ran");
}

void thread_forget_space(const struct arch_space *space)
{
	if (cpu.loaded == space) {
		cpu.loaded = NULL;
		arch_space_load(NULL);
	}
}

/* The running thread's priority or policy changed: it may have to leave, or to share its priority. */
static void running_changed(struct thread *thread)
{
	if (cpu.map && cpu.top > thread->prio)
		thread->work |= THREAD_WORK_RESCHED;
	else if (cpu.map && cpu.top == thread->prio)
		slice_arm();
}

static void thread_move(struct thread *thread, unsigned prio)
{
	if (thread->state == THREAD_READY) {
		ready_remove(thread, thread->prio);
		thread->prio = (uint8_t)prio;
		thread_start(thread);
		return;
	}
	thread->prio = (uint8_t)prio;
	if (thread->state == THREAD_SLEEPING && thread->waitq)
		waitq_reorder(thread);
	if (thread->state == THREAD_RUNNING)
		running_changed(thread);
}

static unsigned thread_wanted_priority(const struct thread *thread)
{
	unsigned prio = thread->base_prio;

	list_for_each(it, &thread->held) {
		const struct sem *sem = list_entry(it, struct sem, held_link);

		if (!waitq_empty(&sem->waiters)) {
			unsigned top = list_entry(sem->waiters.sleepers.next, struct thread, link)->prio;

			prio = top > prio ? top : prio;
		}
	}
	return prio;
}

void thread_update_priority(struct thread *thread)
{
	while (thread) {
		unsigned prio = thread_wanted_priority(thread);

		if (prio == thread->prio)
			return;
		thread_move(thread, prio);
		thread = thread->state == THREAD_SLEEPING && thread->blocked_on ? thread->blocked_on->holder : NULL;
	}
}

void thread_set_priority(struct thread *thread, enum thread_policy policy, unsigned prio)
{
	ASSERT(prio >= THREAD_PRIO_MIN && prio <= THREAD_PRIO_MAX);
	thread->policy = (uint8_t)policy;
	thread->base_prio = (uint8_t)prio;
	thread_update_priority(thread);
	if (thread->state == THREAD_RUNNING)
		running_changed(thread);
}

void thread_interrupt(struct thread *thread, enum thread_sleep reach)
{
	if (!thread->interrupted || reach < thread->interrupted)
		thread->interrupted = (uint8_t)reach;
	if (thread->state == THREAD_SLEEPING && thread->waitq && thread->sleep >= reach) {
		thread->work |= THREAD_WORK_SIGNAL;
		waitq_wake_thread(thread, -EINTR);
	}
}

void thread_clear_interrupt(struct thread *thread)
{
	thread->interrupted = 0;
}

size_t thread_stack_unused(const struct thread *thread)
{
	const uint8_t *start = (const uint8_t *)(thread->stack + 1), *p = start;

	while (p < (const uint8_t *)thread->frame && *p == STACK_FILL)
		p++;
	return (size_t)(p - start);
}
