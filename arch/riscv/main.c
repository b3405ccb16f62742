/*
 * From assembly to the first process, and what the kernel asks of the board.
 */
#include <arch.h>
#include <board.h>
#include <drivers/rtc.h>
#include <drivers/serial.h>
#include <fs/init.h>
#include <fs/procfs.h>
#include <kernel/klog.h>
#include <kernel/mem.h>
#include <kernel/thread.h>
#include <proc/process.h>
#include <riscv/csr.h>
#include <riscv/riscv.h>

extern char __text_start[], __text_end[], __data_start[], __bss_end[];

_Noreturn void arch_main(const void *device_tree);

static void memory_boot(const void *device_tree)
{
	uintptr_t start, end;

	board_ram(device_tree, &start, &end);
	mem_init((void *)start, end - start);
}

static void fs_boot(void)
{
	size_t size;
	const void *image = board_rootfs(&size);

	fs_init(image, size);
}

_Noreturn void arch_main(const void *device_tree)
{
	pmp_init();
	plic_init();
	board_init(device_tree);
	memory_boot(device_tree);
	thread_boot();
	arch_timer_set(UINT64_MAX); /* mtimecmp has any value after reset */
	csr_write(mie, MIE_MTIE | MIE_MEIE);
	fs_boot();
	if (!arch_isolates())
		klog_emergency("no PMP: processes are not isolated\n");
	process_start_init("/bin/init");
	thread_idle();
}

void arch_console_put(char c)
{
	board_console->ops->put(board_console, (uint8_t)c);
}

uint64_t arch_calendar_ns(void)
{
	return rtc_read();
}

void arch_sync_text(void)
{
	__asm__ volatile("fence.i" ::: "memory");
}

void board_memory(size_t *text, size_t *data)
{
	*text = (size_t)(__text_end - __text_start);
	*data = (size_t)(__bss_end - __data_start);
}
