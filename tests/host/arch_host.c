/*
 * arch.h natively: ucontext for contexts (told to AddressSanitizer), a number for time.
 */
#include <abi/slots.h>
#include "host.h"

#include <kernel/mem.h>
#include <kernel/panic.h>
#include <kernel/thread.h>
#include <kernel/timer.h>
#include <kernel/trap.h>

#include <sanitizer/common_interface_defs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

jmp_buf host_end;

static struct {
	void *memory;
	uint64_t time, deadline;
	unsigned switches, text_syncs;
	const struct arch_space *space;
	struct arch_context *from; /* of the switch under way */
	bool end_expected;
	char console[65536];
	size_t console_length;
} host;

void host_boot(size_t size)
{
	free(host.memory);
	memset(&host, 0, sizeof host);
	host.deadline = UINT64_MAX;
	host.memory = malloc(size);
	memset(host.memory, 0xA5, size); /* nobody may count on cleared memory */
	mem_init(host.memory, size);
	thread_boot();
}

void host_shutdown(void)
{
	mem_check();
	free(host.memory);
	host.memory = NULL;
}

static bool timer_due(void)
{
	return host.deadline <= host.time;
}

bool arch_poll_interrupts(void)
{
	if (!timer_due())
		return false;
	timer_interrupt();
	return true;
}

void arch_idle(void)
{
	if (host.deadline != UINT64_MAX && host.deadline > host.time)
		host.time = host.deadline;
	arch_poll_interrupts();
}

void host_run(void)
{
	for (;;) {
		thread_yield();
		cpu.current->work = 0;
		if (host.deadline == UINT64_MAX)
			return;
		arch_idle();
	}
}

uint64_t host_time(void)
{
	return host.time;
}

uint64_t host_deadline(void)
{
	return host.deadline;
}

unsigned host_switches(void)
{
	return host.switches;
}

void host_advance(uint64_t ticks)
{
	host.time += ticks;
}

uint64_t arch_time(void)
{
	return host.time;
}

void arch_timer_set(uint64_t deadline)
{
	host.deadline = deadline;
}

/* The first moment of a context: finish the switch for the sanitizer, then run. */
static void context_start(void)
{
	struct arch_context *self = &thread_current()->context;
	const void *bottom;
	size_t size;

	__sanitizer_finish_switch_fiber(NULL, &bottom, &size);
	if (!host.from->stack) {
		host.from->stack = bottom;
		host.from->stack_size = size;
	}
	thread_reap();
	self->entry(self->arg);
	thread_exit();
}

void arch_switch(struct arch_context *from, const struct arch_context *to)
{
	host.from = from;
	host.switches++;
	__sanitizer_start_switch_fiber(&from->fake_stack, to->stack, to->stack_size);
	swapcontext(&from->ucontext, &to->ucontext);
	__sanitizer_finish_switch_fiber(from->fake_stack, NULL, NULL);
}

void arch_context_init(struct arch_context *context, void *top, void (*entry)(void *), void *arg)
{
	getcontext(&context->ucontext);
	context->entry = entry;
	context->arg = arg;
	context->stack_size = ARCH_KSTACK_SIZE - 256;
	context->stack = (char *)top - context->stack_size;
	context->fake_stack = NULL;
	context->ucontext.uc_stack.ss_sp = (void *)context->stack;
	context->ucontext.uc_stack.ss_size = context->stack_size;
	context->ucontext.uc_link = NULL;
	makecontext(&context->ucontext, context_start, 0);
}

static void user_start(void *arg)
{
	struct trapframe *frame = arg;

	user_return(frame);
	((void (*)(struct trapframe *))frame->pc)(frame);
}

void arch_context_init_user(struct arch_context *context, struct trapframe *frame)
{
	arch_context_init(context, frame, user_start, frame);
}

void arch_context_init_call(struct arch_context *context, struct trapframe *frame)
{
	arch_context_init(context, frame, user_start, frame);
}

void arch_space_set(struct arch_space *space, uintptr_t text, uintptr_t text_end, uintptr_t data, uintptr_t data_end)
{
	*space = (struct arch_space){text, text_end, data, data_end};
}

bool arch_isolates(void)
{
	return true;
}

void arch_space_load(const struct arch_space *space)
{
	host.space = space;
}

const struct arch_space *host_space(void)
{
	return host.space;
}

void arch_frame_init(struct trapframe *frame, uintptr_t pc, uintptr_t sp, uintptr_t gp)
{
	*frame = (struct trapframe){.pc = pc, .sp = sp, .gp = gp, .guard.calls = SYSCALL_SLOTS};
}

void arch_frame_thread(struct trapframe *frame, const struct trapframe *program, const struct arch_entry *entry)
{
	*frame = (struct trapframe){.pc = entry->pc, .sp = entry->sp, .gp = program->gp, .result = (long)entry->argument[0], .a1 = entry->argument[1],
				    .tp = entry->tp, .guard.calls = SYSCALL_SLOTS};
}

void arch_frame_copy_call(struct trapframe *to, const struct trapframe *from, long result)
{
	*to = *from;
	to->result = result;
}

uintptr_t arch_frame_pc(const struct trapframe *frame)
{
	return frame->pc;
}

uintptr_t arch_frame_return_address(const struct trapframe *frame)
{
	return frame->back;
}

uintptr_t arch_frame_sp(const struct trapframe *frame)
{
	return frame->sp;
}

unsigned arch_frame_call_number(const struct trapframe *frame)
{
	return frame->call & 127;
}

void arch_frame_arguments(const struct trapframe *frame, uintptr_t arguments[6], unsigned *number)
{
	memcpy(arguments, frame->arguments, sizeof frame->arguments);
	*number = frame->call;
}

uintptr_t arch_frame_argument(const struct trapframe *frame)
{
	return (uintptr_t)frame->result;
}

void arch_frame_set_result(struct trapframe *frame, long result)
{
	frame->result = result;
}

void arch_frame_repeat_call(struct trapframe *frame, uintptr_t argument)
{
	frame->pc -= HOST_CALL_SIZE;
	frame->result = (long)argument;
}

void arch_frame_save(const struct trapframe *frame, uintptr_t registers[32])
{
	memcpy(registers, frame, offsetof(struct trapframe, guard));
}

void arch_frame_load(struct trapframe *frame, const uintptr_t registers[32])
{
	memcpy(frame, registers, offsetof(struct trapframe, guard));
}

void arch_frame_call(struct trapframe *frame, uintptr_t function, uintptr_t sp, uintptr_t back, uintptr_t a0, uintptr_t a1,
		     uintptr_t a2)
{
	frame->pc = function;
	frame->sp = sp;
	frame->result = (long)a0;
	frame->a1 = a1;
	frame->a2 = a2;
	frame->back = back;
}

bool arch_frame_register(const struct trapframe *frame, unsigned i, const char **name, uintptr_t *value)
{
	if (i > 0)
		return false;
	*name = "sp";
	*value = frame->sp;
	return true;
}

void arch_backtrace(const struct trapframe *frame)
{
	(void)frame;
}

void arch_sync_text(void)
{
	host.text_syncs++;
}

unsigned host_text_syncs(void)
{
	return host.text_syncs;
}

uint64_t arch_calendar_ns(void)
{
	return 1000000000ull * 1600000000ull;
}

void arch_console_put(char c)
{
	if (host.console_length + 1 < sizeof host.console)
		host.console[host.console_length++] = c;
}

const char *host_console(void)
{
	return host.console;
}

void host_expect_end(void)
{
	host.end_expected = true;
}

_Noreturn void arch_poweroff(int code)
{
	if (host.end_expected) {
		host.end_expected = false;
		longjmp(host_end, code + 1);
	}
	fprintf(stderr, "%s\nthe machine ended with code %d\n", host.console, code);
	abort();
}

_Noreturn void arch_restart(void)
{
	arch_poweroff(0);
}
