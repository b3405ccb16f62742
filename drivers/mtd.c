/*
 * The list of flash partitions, and how their drivers wait.
 */
#include <drivers/mtd.h>
#include <kernel/waitq.h>

#define SPIN_US 200u
#define POLL_US 1000u

struct mtd *mtd_first;

void mtd_add(struct mtd *mtd)
{
	struct mtd **end = &mtd_first;

	while (*end)
		end = &(*end)->next;
	mtd->next = NULL;
	*end = mtd;
}

static ticks_t microseconds(uint32_t count)
{
	return timer_from_ns(0, count * 1000);
}

void mtd_pause(ticks_t start)
{
	if (timer_now() - start < microseconds(SPIN_US))
		return;
	waitq_sleep_until(SLEEP_UNINTERRUPTIBLE, timer_now() + microseconds(POLL_US));
}
