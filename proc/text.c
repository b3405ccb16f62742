/*
 * Program text loaded into RAM, one copy a file. While a text exists, its file is held and denied to writers. Loading opens preemption
 * points: who wants the same text meanwhile waits for it.
 */
#include <proc/text.h>

#include <abi/errno.h>
#include <arch.h>
#include <kernel/mem.h>
#include <kernel/thread.h>

#define LOAD_STRETCH 4096u /* bytes read between two preemption points */

static struct list texts = LIST_INIT(texts);

static struct text *text_find(struct node file, size_t length)
{
	list_for_each(it, &texts) {
		struct text *text = list_entry(it, struct text, link);

		if (vfs_same(text->file, file) && text->length == length)
			return text;
	}
	return NULL;
}

static int writers_deny(struct node file, bool deny)
{
	return file.fs->ops->deny_write ? file.fs->ops->deny_write(file, deny) : 0;
}

static int text_read(struct text *text, size_t offset)
{
	for (size_t done = 0; done < text->length;) {
		size_t left = text->length - done, part = left < LOAD_STRETCH ? left : LOAD_STRETCH;

		if (vfs_read_exec(text->file, offset + done, (char *)text->block + done, part) != (long)part)
			return -EIO;
		done += part;
		thread_preempt_point();
	}
	arch_sync_text();
	return 0;
}

/* A text in the list that is not loaded yet. */
static struct text *text_create(struct node file, size_t length)
{
	struct text *text = mem_alloc(sizeof *text);

	if (!text)
		return NULL;
	*text = (struct text){.file = file, .refs = 1, .length = length, .block = mem_alloc(length), .state = TEXT_LOADING};
	if (!text->block) {
		mem_free(text);
		return NULL;
	}
	waitq_init(&text->loaded);
	vfs_hold(file);
	list_append(&texts, &text->link);
	return text;
}

static int text_load(struct text *text, size_t offset)
{
	int error = text_read(text, offset);

	text->state = (int16_t)error;
	waitq_wake_all(&text->loaded, 0);
	return error;
}

/* One that somebody else is loading, or has loaded. */
static int text_join(struct text *text)
{
	text->refs++;
	while (text->state == TEXT_LOADING)
		waitq_sleep(&text->loaded, SLEEP_UNINTERRUPTIBLE, TICKS_NEVER);
	return text->state;
}

static int text_begin(struct node file, size_t offset, size_t length, struct text **out)
{
	int error = writers_deny(file, true);

	if (error < 0)
		return error;
	*out = text_create(file, length);
	if (!*out) {
		writers_deny(file, false);
		return -ENOMEM;
	}
	return text_load(*out, offset);
}

int text_get(struct node file, size_t offset, size_t length, struct text **out)
{
	int error;

	*out = text_find(file, length);
	error = *out ? text_join(*out) : text_begin(file, offset, length, out);
	if (error < 0 && *out) {
		text_put(*out);
		*out = NULL;
	}
	return error;
}

void text_put(struct text *text)
{
	if (--text->refs)
		return;
	list_remove(&text->link);
	writers_deny(text->file, false);
	vfs_release(text->file);
	mem_free(text->block);
	mem_free(text);
}
