/*
 * Semaphores with a name. Those that the program has open are listed: opening the same one again gives the same sem_t
 * (POSIX). A name that it unlinks is taken off the list, for the next with that name is another.
 */
#include <fcntl.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sem.h"

struct opened {
	sem_t sem; /* first: a sem_t * is a struct opened * */
	struct opened *next;
	unsigned times;
	char name[];
};

static struct {
	_LOCK_T lock;
	struct opened *first;
} all;

static struct opened *find(const char *name)
{
	struct opened *each = all.first;

	while (each && strcmp(each->name, name) != 0)
		each = each->next;
	return each;
}

static sem_t *add(int fd, const char *name)
{
	size_t size = strlen(name) + 1;
	struct opened *opened = malloc(sizeof *opened + size);

	if (!opened) {
		close(fd);
		errno = ENOMEM;
		return SEM_FAILED;
	}
	opened->sem = (sem_t){0, fd + 1};
	opened->next = all.first;
	opened->times = 1;
	memcpy(opened->name, name, size);
	all.first = opened;
	return &opened->sem;
}

/* Takes the descriptor over. */
static sem_t *enlist(int fd, const char *name)
{
	struct opened *opened = find(name);

	if (!opened)
		return add(fd, name);
	opened->times++;
	close(fd);
	return &opened->sem;
}

sem_t *sem_open(const char *name, int flags, ...)
{
	int mode = 0;
	unsigned value = 0;
	sem_t *sem = SEM_FAILED;

	if (flags & O_CREAT) {
		va_list arguments;
		va_start(arguments, flags);
		mode = (int)va_arg(arguments, mode_t);
		value = va_arg(arguments, unsigned);
		va_end(arguments);
	}
	if (value > SEM_VALUE_MAX) {
		errno = EINVAL;
		return SEM_FAILED;
	}
	__libc_lock(&all.lock);
	int fd = (int)sys_sem_open(name, flags, mode, value);
	if (fd >= 0)
		sem = enlist(fd, name);
	__libc_unlock(&all.lock);
	return sem;
}

/* Whether it was in the list, and has been taken out if this was its last user. */
static bool drop(struct opened *opened, bool *last)
{
	for (struct opened **at = &all.first; *at; at = &(*at)->next) {
		if (*at != opened)
			continue;
		*last = --opened->times == 0;
		if (*last)
			*at = opened->next;
		return true;
	}
	return false;
}

int sem_close(sem_t *sem)
{
	struct opened *opened = (struct opened *)(void *)sem;
	bool last = false;

	__libc_lock(&all.lock);
	bool known = drop(opened, &last);
	if (last) {
		close(sem->named - 1);
		free(opened);
	}
	__libc_unlock(&all.lock);
	return known ? 0 : sem_error(EINVAL);
}

int sem_unlink(const char *name)
{
	__libc_lock(&all.lock);
	int result = (int)sys_sem_unlink(name);
	struct opened *opened = result == 0 ? find(name) : NULL;
	if (opened)
		opened->name[0] = '\0';
	__libc_unlock(&all.lock);
	return result;
}
