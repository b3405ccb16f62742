/*
 * What the files of /proc say. The formats are part of the system's interface (ps, free and uptime parse them);
 * docs in the man pages of those.
 */
#include "procfs_files.h"

#include <kernel/klog.h>
#include <kernel/mem.h>
#include <kernel/string.h>
#include <proc/process.h>

static void put_bytes(struct procfs_out *out, const char *bytes, size_t length)
{
	size_t skipped = length < out->skip ? length : out->skip;

	out->skip -= skipped;
	length -= skipped;
	if (length > out->room)
		length = out->room;
	memcpy(out->buf + out->done, bytes + skipped, length);
	out->done += length;
	out->room -= length;
}

__attribute__((format(printf, 2, 3))) static void print(struct procfs_out *out, const char *format, ...)
{
	static char text[56]; /* used up before anybody else can run; this is as deep as kernel stacks get */
	va_list args;
	size_t length;

	va_start(args, format);
	length = kvformat(text, sizeof(text), format, args);
	va_end(args);
	put_bytes(out, text, length < sizeof(text) ? length : sizeof(text) - 1);
}

static void show_meminfo(struct procfs_out *out, const struct process *process)
{
	struct mem_stats stats;
	size_t text, data;

	(void)process;
	mem_get_stats(&stats);
	board_memory(&text, &data);
	print(out, "MemTotal: %zu bytes\n", stats.total);
	print(out, "MemFree: %zu bytes\n", stats.free);
	print(out, "LargestFree: %zu bytes\n", stats.largest);
	print(out, "Fragments: %zu\n", stats.fragments);
	print(out, "UsedBlocks: %zu\n", stats.used_blocks);
	print(out, "KernelText: %zu bytes\n", text);
	print(out, "KernelData: %zu bytes\n", data);
}

static void print_seconds(struct procfs_out *out, ticks_t ticks, char end)
{
	uint64_t seconds;
	uint32_t nanoseconds;

	timer_to_ns(ticks, &seconds, &nanoseconds);
	print(out, "%lu.%02u%c", (unsigned long)seconds, (unsigned)(nanoseconds / 10000000u), end);
}

static void show_uptime(struct procfs_out *out, const struct process *process)
{
	(void)process;
	print_seconds(out, timer_now(), ' ');
	print_seconds(out, cpu.idle->runtime, '\n');
}

static unsigned long runtime_ms(const struct process *process)
{
	uint64_t seconds;
	uint32_t nanoseconds;

	timer_to_ns(process_cpu_time(process), &seconds, &nanoseconds);
	return (unsigned long)seconds * 1000 + nanoseconds / 1000000u;
}

static unsigned pid_of_parent(const struct process *process)
{
	return process->parent ? process->parent->pid : 0;
}

/* pid (name) state ppid priority text data+bss heap stack milliseconds */
static void show_stat(struct procfs_out *out, const struct process *process)
{
	static const struct space none;
	const struct space *space = process->space ? process->space : &none;

	print(out, "%u (%s) %c %u ", process->pid, process->name, process_state_letter(process),
		pid_of_parent(process));
	print(out, "%u 0x%lx ", process->thread ? process->thread->prio : 0u, (unsigned long)space->text);
	print(out, "%lu %lu ", (unsigned long)(space->bss_end - space->data),
		(unsigned long)(space->brk - space->bss_end));
	print(out, "%lu %lu\n", (unsigned long)(space->data - space->base), runtime_ms(process));
}

/* The strings lie in the program's own memory, which may hold anything by now. */
static void show_cmdline(struct procfs_out *out, const struct process *process)
{
	const struct space *space = process->space;

	if (space && space->args >= space->base && space->args_end <= space->brk && space->args < space->args_end)
		put_bytes(out, (const char *)space->args, space->args_end - space->args);
}

static void print_region(struct procfs_out *out, uintptr_t start, uintptr_t end, const char *what)
{
	if (start < end)
		print(out, "%08lx-%08lx %s\n", (unsigned long)start, (unsigned long)end, what);
}

static void show_maps(struct procfs_out *out, const struct process *process)
{
	const struct space *space = process->space;

	if (!space)
		return;
	print_region(out, space->text, space->text_end, "r-x text");
	print_region(out, space->base, space->data, "rw- stack");
	print_region(out, space->data, space->bss_end, "rw- data");
	print_region(out, space->bss_end, space->brk, "rw- heap");
}

static void show_status(struct procfs_out *out, const struct process *process)
{
	print(out, "Name:\t%s\n", process->name);
	print(out, "State:\t%c\n", process_state_letter(process));
	print(out, "Pid:\t%u\n", process->pid);
	print(out, "PPid:\t%u\n", pid_of_parent(process));
	print(out, "Threads:\t%d\n", (int)process_thread_count(process));
	print(out, "Borrowing:\t%d\n", process->borrowing);
	if (process->thread)
		print(out, "KernelStackUnused:\t%zu bytes\n", thread_stack_unused(process->thread));
}

/* A test aid: writing n makes the n-th allocation from then on fail. */
static long write_memfail(const char *text, size_t count)
{
	unsigned n = 0;
	size_t i = 0;

	for (; i < count && text[i] >= '0' && text[i] <= '9' && n < 1000000; i++)
		n = n * 10 + (unsigned)(text[i] - '0');
	if (i == 0 || (i < count && text[i] != '\n'))
		return -EINVAL;
	mem_fail_nth(n);
	return (long)count;
}

const struct procfs_file procfs_files[] = {
	{"meminfo", false, show_meminfo, NULL},
	{"uptime", false, show_uptime, NULL},
	{"memfail", false, NULL, write_memfail},
	{"cmdline", true, show_cmdline, NULL},
	{"maps", true, show_maps, NULL},
	{"stat", true, show_stat, NULL},
	{"status", true, show_status, NULL},
};
const unsigned procfs_file_count = sizeof(procfs_files) / sizeof(procfs_files[0]);
