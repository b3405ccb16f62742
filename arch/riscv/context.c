/*
 * Contexts and trap frames as C sees them.
 */
#include <abi/slots.h>
#include <arch.h>
#include <kernel/string.h>
#include <riscv/layout.h>

#define SWITCH_WORDS (((13 * W + 15) & ~15) / W)

void arch_enter(void);
void arch_leave(void);
void arch_leave_call(void);

/* What arch_switch will load. s0-s11 hold anything: the functions resumed here do not read them, or they are set. */
static uintptr_t *context_make(struct arch_context *context, void *top, void (*resume)(void))
{
	uintptr_t *saved = (uintptr_t *)top - SWITCH_WORDS;

	saved[0] = (uintptr_t)resume;
	context->sp = (uintptr_t)saved;
	return saved;
}

void arch_context_init(struct arch_context *context, void *top, void (*entry)(void *), void *arg)
{
	uintptr_t *saved = context_make(context, (void *)((uintptr_t)top & ~(uintptr_t)15), arch_enter);

	saved[1] = (uintptr_t)entry;
	saved[2] = (uintptr_t)arg;
}

void arch_context_init_user(struct arch_context *context, struct trapframe *frame)
{
	context_make(context, frame, arch_leave);
}

void arch_context_init_call(struct arch_context *context, struct trapframe *frame)
{
	context_make(context, frame, arch_leave_call);
}

void arch_frame_init(struct trapframe *frame, uintptr_t pc, uintptr_t sp, uintptr_t gp)
{
	memset(frame, 0, sizeof *frame);
	frame->pc = pc;
	frame->x[1] = sp;
	frame->x[2] = gp;
	frame->guard.calls = SYSCALL_SLOTS;
}

void arch_frame_thread(struct trapframe *frame, const struct trapframe *program, const struct arch_entry *entry)
{
	arch_frame_init(frame, entry->pc, entry->sp, program->x[2]);
	frame->x[3] = entry->tp;
	frame->x[9] = entry->argument[0];
	frame->x[10] = entry->argument[1];
}

/* Only what a system call preserves is worth copying; the loops are unrolled because vfork's cost is mostly this. */
void arch_frame_copy_call(struct trapframe *to, const struct trapframe *from, long result)
{
	to->pc = from->pc;
#pragma GCC unroll 32
	for (unsigned i = 0; i < 31; i++)
		if (i < 4 || i == 7 || i == 8 || (i >= 17 && i < 27))
			to->x[i] = from->x[i];
	to->x[9] = (uintptr_t)result;
}

uintptr_t arch_frame_pc(const struct trapframe *frame)
{
	return frame->pc;
}

uintptr_t arch_frame_return_address(const struct trapframe *frame)
{
	return frame->x[0];
}

uintptr_t arch_frame_sp(const struct trapframe *frame)
{
	return frame->x[1];
}

bool arch_frame_register(const struct trapframe *frame, unsigned i, const char **name, uintptr_t *value)
{
	static const char names[31][4] = {"ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1",
					  "a2", "a3", "a4", "a5", "a6", "a7", "s2", "s3", "s4", "s5", "s6",
					  "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};

	if (i >= 31)
		return false;
	*name = names[i];
	*value = frame->x[i];
	return true;
}

unsigned arch_frame_call_number(const struct trapframe *frame)
{
	return frame->x[16] & 127;
}

void arch_frame_arguments(const struct trapframe *frame, uintptr_t arguments[6], unsigned *number)
{
	for (unsigned i = 0; i < 6; i++)
		arguments[i] = frame->x[9 + i];
	*number = (unsigned)frame->x[16];
}

uintptr_t arch_frame_argument(const struct trapframe *frame)
{
	return frame->x[9];
}

void arch_frame_set_result(struct trapframe *frame, long result)
{
	frame->x[9] = (uintptr_t)result;
}

void arch_frame_repeat_call(struct trapframe *frame, uintptr_t argument)
{
	frame->pc -= 4; /* ecall has no short form */
	frame->x[9] = argument;
}

void arch_frame_save(const struct trapframe *frame, uintptr_t registers[32])
{
	const uintptr_t *from = &frame->pc;

#pragma GCC unroll 32
	for (unsigned i = 0; i < 32; i++)
		registers[i] = from[i];
}

void arch_frame_load(struct trapframe *frame, const uintptr_t registers[32])
{
	uintptr_t *to = &frame->pc;

#pragma GCC unroll 32
	for (unsigned i = 0; i < 32; i++)
		to[i] = registers[i];
}

void arch_frame_call(struct trapframe *frame, uintptr_t function, uintptr_t sp, uintptr_t back, uintptr_t a0, uintptr_t a1,
		     uintptr_t a2)
{
	frame->pc = function;
	frame->x[0] = back;
	frame->x[1] = sp;
	frame->x[9] = a0;
	frame->x[10] = a1;
	frame->x[11] = a2;
}
