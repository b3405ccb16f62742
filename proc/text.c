/*
 * Program text loaded into RAM, one copy a file. While a text exists, its file is held and denied to writers.
 */
#include <proc/text.h>

#include <abi/errno.h>
#include <arch.h>
#include <kernel/mem.h>

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

static void text_free(struct text *text)
{
	mem_free(text->block);
	mem_free(text);
}

static int text_load(struct text *text, struct node file, size_t offset, size_t length)
{
	text->block = mem_alloc(length);
	if (!text->block)
		return -ENOMEM;
	if (vfs_read_exec(file, offset, text->block, length) != (long)length)
		return -EIO;
	if (file.fs->ops->deny_write)
		return file.fs->ops->deny_write(file, true);
	return 0;
}

int text_get(struct node file, size_t offset, size_t length, struct text **out)
{
	struct text *text = text_find(file, length);
	int error;

	if (text) {
		text->refs++;
		*out = text;
		return 0;
	}
	text = mem_zalloc(sizeof *text);
	if (!text)
		return -ENOMEM;
	error = text_load(text, file, offset, length);
	if (error < 0) {
		text_free(text);
		return error;
	}
	text->file = file;
	text->refs = 1;
	text->length = length;
	vfs_hold(file);
	list_append(&texts, &text->link);
	arch_sync_text();
	*out = text;
	return 0;
}

void text_put(struct text *text)
{
	if (--text->refs)
		return;
	list_remove(&text->link);
	if (text->file.fs->ops->deny_write)
		text->file.fs->ops->deny_write(text->file, false);
	vfs_release(text->file);
	text_free(text);
}
