/*
 * An intrusive circular list with a head of the same type. An unlinked element points at itself, so list_remove is
 * harmless when called twice.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct list {
	struct list *next, *prev;
};

#define LIST_INIT(head) {&(head), &(head)}
#define list_entry(ptr, type, member) ((type *)((char *)(ptr) - offsetof(type, member)))
#define list_for_each(it, head) for (struct list *it = (head)->next; it != (head); it = it->next)
/* Safe against removal of the element itself, not of its successor. */
#define list_for_each_safe(it, tmp, head)                                                                             \
	for (struct list *it = (head)->next, *tmp = it->next; it != (head); it = tmp, tmp = it->next)

static inline void list_init(struct list *l)
{
	l->next = l->prev = l;
}

static inline bool list_empty(const struct list *l)
{
	return l->next == l;
}

/* Inserts `e` before `pos`; with the head as `pos`, at the end. */
static inline void list_insert(struct list *pos, struct list *e)
{
	e->next = pos;
	e->prev = pos->prev;
	pos->prev->next = e;
	pos->prev = e;
}

static inline void list_append(struct list *head, struct list *e)
{
	list_insert(head, e);
}

static inline void list_prepend(struct list *head, struct list *e)
{
	list_insert(head->next, e);
}

/* Takes an element out that will be inserted elsewhere, or freed: its own links are left as they are. */
static inline void list_unlink(struct list *e)
{
	e->prev->next = e->next;
	e->next->prev = e->prev;
}

static inline void list_remove(struct list *e)
{
	list_unlink(e);
	list_init(e);
}
