/*
 * The vfork sanitizer: says what a child did to its parent's memory while it borrowed it.
 *
 * A process is watched by vforksan(2), and so are its children and what they exec. All calls of a watched process come here from guard.c;
 * others never do. Its vfork takes a copy of what the parent relies on, and compares when the loan is back:
 *
 *     base                sp      end              data               brk
 *      | child's frames <- | frame | parent's frames | data | bss | heap |
 *                                  ^------------ compared ------------->
 *
 * The frame in which vfork was called belongs to both, and what is below it to the child. Of what changed elsewhere, two things are no crime:
 *   - errno: a single word with an error that a call of the child returned;
 *   - the variable that the parent assigns vfork's result to: a single word where the child left its 0. The parent has not assigned it yet, so
 *     such words wait in `doubt` until its next system call, and one that holds the child's pid then is forgotten.
 *
 * Other threads of the parent go on meanwhile, and what they write would be blamed on the child: in a space that had them nothing is compared.
 * Instead the calls are looked at by which the child waits for a word (futex_wait) or a lock (futex_lock_pi). Three things are told before the call is made:
 *   - the word says that a thread of the parent has it: its id, and ABI_FUTEX_WAITERS. So look mutexes, spin locks and the library's own;
 *   - a thread of the parent waits for a lock with inheritance that the lending thread holds, and gets no further while the child waits;
 *   - the wait has no end: whoever can reach the word waits for ever too. A handler could end it, so nothing is said where signals are caught.
 *
 * Invariants: a watch lives on the lender's way through its vfork, from before the loan to after it, whoever is killed in between; so it is
 * freed exactly once. The borrower finds it through the thread that waits for it. A watched loan without memory for the copy goes on without one.
 */
#include "internal.h"

#include <arch.h>
#include <kernel/mem.h>
#include <kernel/string.h>

#define CALL_EXIT 0
#define CALL_VFORK 1
#define CALL_FUTEX_WAIT 62
#define CALL_FUTEX_LOCK_PI 64

#define RANGES_SHOWN 8
#define BYTES_SHOWN 8
#define ERROR_WORDS 5 /* of 32 errors each */
#define DOUBTS 4

struct watch {
	struct list link;
	const struct thread *lender;
	uint32_t errors[ERROR_WORDS]; /* bit n: a call of the child ended with error n */
	uintptr_t from, to;           /* what was copied */
	uintptr_t skip, skip_end;     /* the stack of the loan up to the return address, where it lies in the middle of that */
	uintptr_t return_address;     /* where that of the function lies which called vfork; 0: not known */
	unsigned shown;               /* ranges reported */
	uint8_t bytes[];
};

static struct {
	struct list watches;
	const struct process *lender; /* of the doubts; its pid, since another process may have the structure by now */
	uint16_t lender_pid, child_pid;
	uintptr_t vfork_at;
	unsigned doubts;
	struct {
		uintptr_t address;
		uint32_t old;
	} doubt[DOUBTS];
} sanitizer = {.watches = LIST_INIT(sanitizer.watches)};

static struct watch *watch_of(const struct process *borrower)
{
	const struct thread *lender = loan_lender(borrower);

	list_for_each(it, &sanitizer.watches) {
		struct watch *watch = list_entry(it, struct watch, link);

		if (lender && watch->lender == lender)
			return watch;
	}
	return NULL;
}

/* Reports. */

static void report_where(const struct process *lender, uintptr_t vfork_at)
{
	klog_emergency("\n");
	report_line(lender, "a child misused its loan; vfork was called in ", 0, vfork_at);
}

static void report_bytes(const char *what, const uint8_t *bytes, size_t count)
{
	klog_emergency("%s", what);
	for (size_t i = 0; i < count && i < BYTES_SHOWN; i++)
		klog_emergency(" %02x", bytes[i]);
	klog_emergency("%s", count > BYTES_SHOWN ? " ..." : "");
}

static void report_write(const struct process *lender, unsigned child, uintptr_t address, const void *old, const void *now, size_t count)
{
	report_loan(lender, "");
	klog_emergency("child %u wrote %u bytes at ", child, (unsigned)count);
	report_address(lender->space, address);
	report_bytes(":", old, count);
	report_bytes(" ->", now, count);
	klog_emergency("\n");
}

static void report_range(struct watch *watch, const struct process *lender, unsigned child, uintptr_t start, uintptr_t end)
{
	const uint8_t *before = watch->bytes + (start - watch->from), *now = (const uint8_t *)start;
	size_t count = end - start;

	if (watch->shown++ == 0)
		report_where(lender, arch_frame_return_address(watch->lender->frame));
	if (watch->shown > RANGES_SHOWN)
		return;
	for (; *before == *now; count--)
		before++, now++;
	while (before[count - 1] == now[count - 1])
		count--;
	report_write(lender, child, (uintptr_t)now, before, now, count);
	if (start <= watch->return_address && watch->return_address < end) {
		report_loan(lender, "... over its return address\n");
	}
}

/* Doubts. */

static bool doubt_keep(const struct watch *watch, const struct process *lender, unsigned child, uintptr_t address, uint32_t old)
{
	if (sanitizer.lender != lender || sanitizer.lender_pid != lender->pid)
		sanitizer.doubts = 0; /* that process has ended, or will not call again before this one */
	if (sanitizer.doubts == DOUBTS)
		return false;
	sanitizer.lender = lender;
	sanitizer.lender_pid = lender->pid;
	sanitizer.child_pid = (uint16_t)child;
	sanitizer.vfork_at = arch_frame_return_address(watch->lender->frame);
	sanitizer.doubt[sanitizer.doubts].address = address;
	sanitizer.doubt[sanitizer.doubts++].old = old;
	return true;
}

static void doubts_settle(const struct process *process)
{
	const uint32_t zero = 0;
	unsigned count = sanitizer.doubts;

	if (count == 0 || sanitizer.lender != process || sanitizer.lender_pid != process->pid)
		return;
	sanitizer.doubts = 0;
	for (unsigned i = 0; i < count; i++) {
		const uint32_t *word = (const uint32_t *)sanitizer.doubt[i].address;

		if (!user_writable(word, sizeof *word) || *word == sanitizer.child_pid)
			continue;
		report_where(process, sanitizer.vfork_at);
		report_write(process, sanitizer.child_pid, (uintptr_t)word, &sanitizer.doubt[i].old, &zero, sizeof zero);
	}
}

/* Comparison. */

static uint32_t word_before(const struct watch *watch, uintptr_t address)
{
	return *(const uint32_t *)(watch->bytes + (address - watch->from));
}

static bool word_changed(const struct watch *watch, uintptr_t address)
{
	if (word_before(watch, address) == *(const uint32_t *)address)
		return false;
	return !(watch->skip <= address && address < watch->skip_end) && !signals_on_stack(sigthread_of(watch->lender), address);
}

static bool word_innocent(const struct watch *watch, const struct process *lender, unsigned child, uintptr_t address)
{
	uint32_t now = *(const uint32_t *)address;

	if (now == 0)
		return doubt_keep(watch, lender, child, address, word_before(watch, address));
	return now < ERROR_WORDS * 32 && (watch->errors[now / 32] >> now % 32 & 1);
}

static void watch_compare(struct watch *watch, const struct process *lender, unsigned child)
{
	uintptr_t brk = lender->space->brk, to = watch->to < brk ? watch->to : brk & ~(uintptr_t)3, start;

	for (uintptr_t at = watch->from; at < to; at += sizeof(uint32_t)) {
		if (!word_changed(watch, at))
			continue;
		for (start = at; at < to && word_changed(watch, at);)
			at += sizeof(uint32_t);
		if (at - start > sizeof(uint32_t) || !word_innocent(watch, lender, child, start))
			report_range(watch, lender, child, start, at);
	}
	if (watch->shown > RANGES_SHOWN) {
		report_loan(lender, "... and ");
		klog_emergency("%u more places\n", watch->shown - RANGES_SHOWN);
	}
}

/* What to copy: the picture above; `end` of the frame that called vfork, 0 when it did not say. */
static void watch_bounds(struct watch *bounds, const struct space *space, uintptr_t sp, uintptr_t end)
{
	uintptr_t region = sp < space->data ? space->base : sp < space->bss_end ? space->data : space->bss_end;

	bounds->to = space->brk & ~(uintptr_t)3;
	bounds->return_address = end ? end - sizeof(uintptr_t) : 0;
	if (region == space->base) {
		bounds->from = end ? bounds->return_address : space->data;
		bounds->skip = bounds->skip_end = 0;
		return;
	}
	bounds->from = space->base; /* a stack of the program's own making */
	bounds->skip = region;
	bounds->skip_end = end ? bounds->return_address : region == space->data ? space->bss_end : space->brk;
}

static struct watch *watch_begin(struct process *process, uintptr_t end)
{
	struct thread *thread = thread_current();
	struct watch bounds = {.lender = thread}, *watch;
	size_t size;

	watch_bounds(&bounds, process->space, arch_frame_sp(thread->frame), guard_end_known(process->space, end) ? end : 0);
	size = bounds.to - bounds.from;
	watch = mem_alloc(sizeof *watch + size);
	if (!watch) {
		report_loan(process, "a loan is not watched: no memory\n");
		return NULL;
	}
	*watch = bounds;
	memcpy(watch->bytes, (const void *)bounds.from, size);
	list_append(&sanitizer.watches, &watch->link);
	return watch;
}

static void watch_end(struct watch *watch, const struct process *lender, long pid)
{
	if (pid > 0)
		watch_compare(watch, lender, (unsigned)pid);
	list_remove(&watch->link);
	mem_free(watch);
}

/* Waiting. */

/* Whose loan a chain of borrowers has in the end; NULL: it was killed. Only its process may have other threads. */
static const struct thread *first_lender(const struct process *borrower)
{
	const struct thread *lender;

	do {
		lender = loan_lender(borrower);
		borrower = lender ? lender->owner : NULL;
	} while (borrower && borrower->borrowing);
	return lender;
}

/* Nothing but another thread of its process, or of a borrower, ends its sleep. */
static bool waits_for_ever(const struct thread *thread)
{
	return !timer_armed(&thread->timer) && futex_waits(thread);
}

/* Why a borrower of `lender` should not wait for a word with that value, and the thread in question; NULL: there is no reason. `for_ever`: only a wake
 * would end its wait. */
static const char *wait_crime(const struct thread *lender, unsigned value, bool blocks, bool for_ever, unsigned *tid)
{
	const struct thread *it = NULL;

	while ((it = thread_after(lender->owner, it)) != NULL) {
		*tid = threads_tid(it);
		if (value == (*tid | ABI_FUTEX_WAITERS))
			return "... for thread %u's ";
		if (blocks && it->blocked_on && it->blocked_on->holder == lender)
			return "... and thread %u for its lender: ";
		if (it != lender && !waits_for_ever(it))
			for_ever = false;
	}
	return for_ever ? "... and nobody can wake it: " : NULL;
}

static void call_wait(const struct process *process, const struct guarded_call *call)
{
	const struct thread *lender = first_lender(process);
	const unsigned *word = (const unsigned *)call->arguments[0];
	bool blocks = call->number == CALL_FUTEX_WAIT; /* a borrower's futex_lock_pi fails instead */
	const char *crime;
	unsigned value, tid = 0;

	if (!lender || !user_writable_object((uintptr_t)word, sizeof *word, _Alignof(unsigned)))
		return;
	value = *word;
	if (!blocks)
		value |= ABI_FUTEX_WAITERS;
	else if (value != (unsigned)call->arguments[1])
		return;
	crime = wait_crime(lender, value, blocks, blocks && !call->arguments[2] && !((const struct process *)lender->owner)->signals.acts && !process->signals.acts, &tid);
	if (!crime)
		return;
	report_where(lender->owner, arch_frame_return_address(lender->frame));
	report_line(process, "the child waits in ", 0, arch_frame_return_address(thread_current()->frame));
	report_line(process, crime, tid, (uintptr_t)word);
}

/* The calls that have to do with loans, and all others. */

static long call_vfork(struct process *process, const struct guarded_call *call)
{
	unsigned flags = (unsigned)call->arguments[0];
	struct watch *watch;
	long pid;

	if (flags & FORK_WATCHED)
		return -EINVAL; /* the program may not */
	watch = process->space->threaded ? NULL : watch_begin(process, call->arguments[1]);
	pid = sys_vfork((int)(flags | FORK_WATCHED), call->arguments[1]);
	if (watch)
		watch_end(watch, process, pid);
	return pid;
}

static void call_exit(const struct process *process, const struct guarded_call *call)
{
	if (!process->borrowing || call->arguments[1] != ABI_EXIT_LIBRARY)
		return;
	klog_emergency("\n");
	report_line(process, "the child ended through exit() instead of _exit(), called in ", 0, call->arguments[2]);
}

static void errors_note(struct watch *watch, unsigned long error)
{
	if (watch)
		watch->errors[error / 32] |= (uint32_t)1 << error % 32;
}

long sanitizer_call(struct process *process, const struct guarded_call *call)
{
	long result;

	doubts_settle(process);
	if (call->number == CALL_VFORK)
		return call_vfork(process, call);
	if (call->number == CALL_EXIT)
		call_exit(process, call);
	if (call->number == CALL_FUTEX_WAIT || call->number == CALL_FUTEX_LOCK_PI)
		call_wait(process, call);
	result = guard_call(call);
	if (result < 0 && result > -ERROR_WORDS * 32)
		errors_note(watch_of(process), (unsigned long)-result);
	return result;
}

static void watch_switch(struct process *process, bool on)
{
	process->watched = on;
	if (!on)
		return; /* guard.c takes the guard off */
	for (struct thread *it = thread_after(process, NULL); it; it = thread_after(process, it))
		it->frame->guard.calls = it->frame->guard.limit = 0;
}

long sys_vforksan(int pid, int mode)
{
	struct process *process = pid == 0 ? process_current() : process_find(pid);
	bool before;

	if (mode < ABI_VFORKSAN_OFF || mode > ABI_VFORKSAN_QUERY)
		return -EINVAL;
	if (!process || !process->thread)
		return -ESRCH;
	if (mode != ABI_VFORKSAN_QUERY && !caller_may_act_on(process))
		return -EPERM;
	before = process->watched;
	if (mode != ABI_VFORKSAN_QUERY)
		watch_switch(process, mode == ABI_VFORKSAN_ON);
	return before;
}
