/*
 * Small calls: identity, scheduling, clocks, the machine.
 */
#include "internal.h"

#include <arch.h>
#include <fs/tty.h>
#include <kernel/string.h>

long sys_getpid(void)
{
	return process_current()->pid;
}

long sys_getppid(void)
{
	const struct process *parent = process_current()->parent;

	return parent ? parent->pid : 0;
}

long sys_sched_yield(void)
{
	thread_yield();
	return 0;
}

long sys_uname(struct abi_utsname *name)
{
	static const char not_isolated[] = "processes not isolated";

	*name = (struct abi_utsname){"Sublet", "sublet", SUBLET_VERSION, "processes isolated by PMP", ARCH_MACHINE};
	if (!arch_isolates()) {
		memset(name->version, 0, sizeof name->version);
		memcpy(name->version, not_isolated, sizeof not_isolated);
	}
	return 0;
}

long sys_reboot(int how, int code)
{
	if (how != ABI_REBOOT_POWEROFF && how != ABI_REBOOT_RESTART)
		return -EINVAL;
	if (!caller_is_superuser())
		return -EPERM;
	tty_drain();
	if (how == ABI_REBOOT_POWEROFF)
		arch_poweroff(code & 0xff);
	arch_restart();
}
