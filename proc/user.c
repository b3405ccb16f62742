/*
 * Checks of user memory that are not inlined.
 */
#include <proc/user.h>

#include <kernel/string.h>

bool user_readable_text(const void *p, size_t size)
{
	const struct space *space = process_current()->space;
	uintptr_t offset = (uintptr_t)p - space->text, length = space->text_end - space->text;

	return offset < length && size <= length - offset;
}

bool user_writable_object(uintptr_t p, size_t size, size_t alignment)
{
	return (p & (alignment - 1)) == 0 && user_writable((const void *)p, size);
}

bool user_readable_object(uintptr_t p, size_t size, size_t alignment)
{
	return user_writable_object(p, size, alignment) || ((p & (alignment - 1)) == 0 && user_readable_text((const void *)p, size));
}

/* Bytes from p to the end of the region that holds it; 0 outside. */
static size_t user_room(uintptr_t p)
{
	const struct space *space = process_current()->space;

	if (p - space->base < space->brk - space->base)
		return space->brk - p;
	if (p - space->text < space->text_end - space->text)
		return space->text_end - p;
	return 0;
}

long user_string(const char *p, size_t max)
{
	size_t room = user_room((uintptr_t)p), limit = room < max ? room : max;
	const char *end = p + limit;

	for (const char *q = p; q < end; q++)
		if (!*q)
			return q - p;
	return room < max ? -EFAULT : -ENAMETOOLONG;
}

int user_copy_out(void *to, const void *from, size_t size)
{
	if (!user_writable(to, size))
		return -EFAULT;
	memcpy(to, from, size);
	return 0;
}

int user_copy_in(void *to, const void *from, size_t size)
{
	if (!user_readable(from, size))
		return -EFAULT;
	memcpy(to, from, size);
	return 0;
}
