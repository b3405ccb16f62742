/*
 * The report of a program's crash, on the console: enough to find the line in the source. It is logged in pieces, because the log cuts what
 * is longer than its line buffer, and 64-bit addresses are long.
 */
#include "internal.h"

#include <arch.h>

static const char *cause_name(uintptr_t cause)
{
	static const char *const names[] = {"instruction address misaligned", "instruction access", "illegal instruction",
					    "breakpoint", "load address misaligned", "load access",
					    "store address misaligned", "store access"};

	if (cause == (uintptr_t)-1)
		return "no room for a handler's frame:";
	return cause < sizeof names / sizeof names[0] ? names[cause] : "unknown";
}

static void report_registers(const struct trapframe *frame)
{
	const char *name;
	uintptr_t value;

	for (unsigned i = 0; arch_frame_register(frame, i, &name, &value); i++)
		klog_emergency("%s %3s %p", i % 4 == 0 ? "\n " : "", name, (void *)value);
	klog_emergency("\n");
}

static void report_place(const struct space *space, uintptr_t pc)
{
	if (pc - space->text < space->text_end - space->text)
		klog_emergency("  pc %p = text + 0x%lx\n", (void *)pc, (unsigned long)(pc - space->text));
	else
		klog_emergency("  pc %p, outside of text\n", (void *)pc);
}

void report_address(const struct space *space, uintptr_t address)
{
	if (address - space->text < space->text_end - space->text)
		klog_emergency("text+0x%lx", (unsigned long)(address - space->text));
	else if (address - space->data < space->bss_end - space->data)
		klog_emergency("data+0x%lx", (unsigned long)(address - space->data));
	else if (address - space->bss_end < space->brk - space->bss_end)
		klog_emergency("heap+0x%lx", (unsigned long)(address - space->bss_end));
	else if (address - space->base < space->data - space->base)
		klog_emergency("stack+0x%lx", (unsigned long)(address - space->base));
	else
		klog_emergency("%p", (void *)address);
}

void report_loan(const struct process *process, const char *what)
{
	klog_emergency("vforksan: %s[%u]: %s", process->name, process->pid, what);
}

void report_line(const struct process *process, const char *what, unsigned number, uintptr_t address)
{
	report_loan(process, "");
	klog_emergency(what, number);
	report_address(process->space, address);
	klog_emergency("\n");
}

void report_crash(int sig, const struct trapframe *frame, uintptr_t cause, uintptr_t address)
{
	const struct process *process = process_current();
	const struct space *space = process->space;

	klog_emergency("\n%s[%u]: signal %d: ", process->name, process->pid, sig);
	klog_emergency("%s fault at address %p", cause_name(cause), (void *)address);
	klog_emergency("%s%s\n", process->borrowing ? ", borrowing its parent's memory" : "",
		       guard_popped(process, frame) ? ", above the frame that it borrowed" : "");
	report_place(space, arch_frame_pc(frame));
	klog_emergency("  text %p-%p stack %p", (void *)space->text, (void *)space->text_end, (void *)space->base);
	klog_emergency(" data %p heap %p-%p", (void *)space->data, (void *)space->bss_end, (void *)space->brk);
	report_registers(frame);
	klog_emergency("  (gdb) add-symbol-file %s.elf", process->name);
	klog_emergency(" -s .text %p -s .data %p\n", (void *)space->text, (void *)space->data);
}
