/*
 * Spaces and the heap. The arena is one block of the kernel allocator:
 *
 *   block                                                                 brk      reserved
 *     | stack ... | args | (text of a RAM image) | data | bss | heap ... |   room   |
 *   base                                       data       bss_end
 */
#include "internal.h"

#include <kernel/mem.h>
#include <kernel/panic.h>
#include <kernel/string.h>

#define STACK_ALIGN ((uintptr_t)16)

static uintptr_t align_up(uintptr_t value, uintptr_t alignment)
{
	return (value + alignment - 1) & ~(alignment - 1);
}

struct space *space_create(const struct space_layout *layout)
{
	size_t below = align_up(layout->stack + layout->args, STACK_ALIGN) + layout->text;
	size_t above = align_up(layout->data + layout->bss, STACK_ALIGN), heap = align_up(layout->heap, STACK_ALIGN);
	struct space *space = mem_zalloc(sizeof *space);

	if (!space)
		return NULL;
	space->base = (uintptr_t)mem_alloc_growable(below + above + heap + STACK_ALIGN - MEM_ALIGN);
	if (!space->base) {
		mem_free(space);
		return NULL;
	}
	space->refs = 1;
	space->data = align_up(space->base + below, STACK_ALIGN);
	space->bss_end = space->brk = align_up(space->data + layout->data + layout->bss, STACK_ALIGN);
	space->reserved = space->bss_end + heap;
	memset((void *)space->base, 0, space->data - layout->text - space->base);
	return space;
}

void space_release(struct space *space)
{
	ASSERT(space && space->refs > 0);
	if (--space->refs)
		return;
	thread_forget_space(&space->arch);
	if (space->shared)
		text_put(space->shared);
	if (space->program.fs)
		vfs_release(space->program);
	mem_free((void *)space->base);
	mem_free(space);
}

void space_update(struct space *space)
{
	arch_space_set(&space->arch, space->text, space->text_end, space->base, align_up(space->brk, 4));
}

/* Moves the end of the heap; the block follows it when it must, and keeps what is reserved. */
static int heap_move(struct space *space, uintptr_t brk)
{
	uintptr_t old = space->brk, end = brk > space->reserved ? brk : space->reserved;

	if (!mem_resize((void *)space->base, align_up(end, STACK_ALIGN) - space->base))
		return -ENOMEM;
	if (brk > old)
		memset((void *)old, 0, brk - old);
	space->brk = brk;
	space_update(space);
	thread_load_space();
	return 0;
}

long sys_sbrk(long increment)
{
	struct space *space = process_current()->space;
	uintptr_t old = space->brk, brk = old + (uintptr_t)increment;
	int error;

	if (increment == 0)
		return (long)old;
	if (increment > 0 ? brk < old : brk > old || brk < space->bss_end)
		return increment > 0 ? -ENOMEM : -EINVAL;
	if (increment > 0 && limits_forbid_heap(process_current()->limits, space, brk))
		return -ENOMEM;
	error = heap_move(space, brk);
	return error < 0 ? error : (long)old;
}
