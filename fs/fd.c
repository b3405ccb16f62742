/*
 * Tables of descriptors. Copying and closing go once over the slots below `top`, with a handful of instructions
 * each: they are most of what vfork and _exit cost.
 */
#include <fs/file.h>
#include <kernel/mem.h>
#include <kernel/panic.h>
#include <kernel/string.h>

static void set_slots(struct fdtable *table, struct file **slot, unsigned size)
{
	table->slot = slot;
	table->size = (uint8_t)size;
}

void fdtable_init(struct fdtable *table)
{
	table->top = 0;
	table->limit = ABI_OPEN_MAX;
	for (unsigned i = 0; i < sizeof(table->cloexec) / sizeof(table->cloexec[0]); i++)
		table->cloexec[i] = 0;
	set_slots(table, table->first, FDTABLE_INLINE);
}

/* Shares the files: the heart of vfork's cost per descriptor. */
static void share_slots(struct file **target, struct file *const *source, unsigned count)
{
	for (struct file *const *end = source + count; source < end; source++, target++) {
		struct file *file = *source;

		*target = file;
		if (file)
			file->refs++;
	}
}

static __attribute__((noinline)) int copy_large(struct fdtable *to, const struct fdtable *from)
{
	struct file **slot = mem_alloc(from->size * sizeof(*slot));

	if (!slot) {
		fdtable_init(to);
		return -ENOMEM;
	}
	set_slots(to, slot, from->size);
#pragma GCC unroll 4
	for (unsigned i = 0; i < from->top; i++) {
		struct file *file = from->slot[i];

		slot[i] = file;
		if (file)
			file->refs++;
	}
	return 0;
}

int fdtable_copy(struct fdtable *to, const struct fdtable *from)
{
	to->top = from->top;
	to->limit = from->limit;
	for (unsigned i = 0; i < sizeof(to->cloexec) / sizeof(to->cloexec[0]); i++)
		to->cloexec[i] = from->cloexec[i];
	if (from->top > FDTABLE_INLINE)
		return copy_large(to, from);
	set_slots(to, to->first, FDTABLE_INLINE);
	share_slots(to->first, from->slot, from->top);
	return 0;
}

static __attribute__((noinline)) void close_large(struct fdtable *table)
{
	mem_free(table->slot);
	fdtable_init(table);
}

void fdtable_close_all(struct fdtable *table)
{
	struct file **slot = table->slot;

	for (struct file **end = slot + table->top; slot < end; slot++)
		if (*slot)
			file_release(*slot);
	if (table->slot == table->first)
		table->top = 0;
	else
		close_large(table);
	for (unsigned i = 0; i < sizeof(table->cloexec) / sizeof(table->cloexec[0]); i++)
		table->cloexec[i] = 0;
}

void fdtable_close_on_exec(struct fdtable *table)
{
	for (unsigned word = 0; word < sizeof(table->cloexec) / sizeof(table->cloexec[0]); word++)
		while (table->cloexec[word])
			fdtable_close(table, (int)(word * 32) + __builtin_ctz(table->cloexec[word]));
}

bool fdtable_get_cloexec(const struct fdtable *table, int fd)
{
	return (table->cloexec[fd / 32] >> (fd % 32)) & 1;
}

void fdtable_set_cloexec(struct fdtable *table, int fd, bool cloexec)
{
	uint32_t bit = (uint32_t)1 << (fd % 32);

	if (cloexec)
		table->cloexec[fd / 32] |= bit;
	else
		table->cloexec[fd / 32] &= ~bit;
}

/* Makes room for descriptor fd. Slots between the top and the size hold nothing yet. */
static int grow(struct fdtable *table, unsigned fd)
{
	unsigned size = table->size;
	struct file **slot;

	while (size <= fd)
		size *= 2;
	if (size > ABI_OPEN_MAX)
		size = ABI_OPEN_MAX;
	if (size == table->size)
		return 0;
	slot = mem_alloc(size * sizeof(*slot));
	if (!slot)
		return -ENOMEM;
	memcpy(slot, table->slot, table->top * sizeof(*slot));
	if (table->slot != table->first)
		mem_free(table->slot);
	set_slots(table, slot, size);
	return 0;
}

/* Puts a file into an empty slot within the size. */
static void put(struct fdtable *table, struct file *file, unsigned fd, bool cloexec)
{
	while (table->top <= fd)
		table->slot[table->top++] = NULL;
	table->slot[fd] = file;
	fdtable_set_cloexec(table, (int)fd, cloexec);
}

int fdtable_install(struct fdtable *table, struct file *file, int from, bool cloexec)
{
	unsigned fd = (unsigned)from;
	int error;

	while (fd < table->top && table->slot[fd])
		fd++;
	if (fd >= table->limit)
		return -EMFILE;
	error = grow(table, fd);
	if (error)
		return error;
	put(table, file, fd, cloexec);
	return (int)fd;
}

int fdtable_replace(struct fdtable *table, struct file *file, int fd, bool cloexec)
{
	struct file *old = fdtable_get(table, fd);
	int error = grow(table, (unsigned)fd);

	ASSERT(fd >= 0 && fd < table->limit);
	if (error)
		return error;
	put(table, file, (unsigned)fd, cloexec);
	if (old)
		file_release(old);
	return 0;
}

int fdtable_close(struct fdtable *table, int fd)
{
	struct file *file = fdtable_get(table, fd);

	if (!file)
		return -EBADF;
	table->slot[fd] = NULL;
	fdtable_set_cloexec(table, fd, false);
	while (table->top > 0 && !table->slot[table->top - 1])
		table->top--;
	file_release(file);
	return 0;
}
