/*
 * The intrusive list.
 */
#include "unit.h"

#include <kernel/list.h>

struct item {
	int number;
	struct list link;
};

static struct item items[4] = {{.number = 1}, {.number = 2}, {.number = 3}, {.number = 4}};

/* The list as a decimal number, checked in both directions. */
static int contents(const struct list *head)
{
	int forwards = 0, backwards = 0, factor = 1;

	list_for_each(it, head)
		forwards = forwards * 10 + list_entry(it, struct item, link)->number;
	for (struct list *it = head->prev; it != head; it = it->prev, factor *= 10)
		backwards += factor * list_entry(it, struct item, link)->number;
	assert_int_equal(forwards, backwards);
	return forwards;
}

static void appends_and_prepends_in_order(void **state)
{
	struct list head = LIST_INIT(head);

	(void)state;
	assert_true(list_empty(&head));
	list_append(&head, &items[1].link);
	list_append(&head, &items[2].link);
	list_prepend(&head, &items[0].link);
	assert_false(list_empty(&head));
	assert_int_equal(contents(&head), 123);
	list_insert(&items[1].link, &items[3].link);
	assert_int_equal(contents(&head), 1423);
}

static void removal_is_harmless_twice(void **state)
{
	struct list head;

	(void)state;
	list_init(&head);
	for (int i = 0; i < 3; i++)
		list_append(&head, &items[i].link);
	list_remove(&items[1].link);
	assert_true(list_empty(&items[1].link));
	list_remove(&items[1].link);
	assert_int_equal(contents(&head), 13);
	list_remove(&items[0].link);
	list_remove(&items[2].link);
	assert_true(list_empty(&head));
}

static void safe_walk_survives_removal_of_each_element(void **state)
{
	struct list head = LIST_INIT(head);
	int seen = 0;

	(void)state;
	for (int i = 0; i < 4; i++)
		list_append(&head, &items[i].link);
	list_for_each_safe(it, next, &head) {
		seen = seen * 10 + list_entry(it, struct item, link)->number;
		list_remove(it);
	}
	assert_int_equal(seen, 1234);
	assert_true(list_empty(&head));
}

static const struct CMUnitTest tests[] = {
	UNIT(list, appends_and_prepends_in_order),
	UNIT(list, removal_is_harmless_twice),
	UNIT(list, safe_walk_survives_removal_of_each_element),
};
UNIT_MAIN(list, tests)
