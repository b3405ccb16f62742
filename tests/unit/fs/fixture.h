/*
 * What the tests of fs/ share: a machine with one process, whose memory is everything; a console line that
 * records; and a root image built here. Each test program has its own copy. Mounts last as long as the program,
 * and so does the machine; every test must give back the memory that it took.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <drivers/serial.h>
#include <fs/file.h>
#include <fs/init.h>
#include <fs/procfs.h>
#include <host.h>
#include <kernel/mem.h>
#include <proc/process.h>
#include <proc/syscalls.h>

#include <stdio.h>
#include <string.h>

#define TEST(area, name)                                                           \
	{                                                                          \
		"unit." #area "." #name, name, fixture_before, fixture_after, NULL \
	}
#define MACHINE_MEMORY 262144

/* The console line: what the client sends goes to `sent` at once unless `blocked`; serial_input plays the
 * receiving end. */
static struct {
	struct serial serial;
	char sent[16384];
	size_t count;
	bool blocked;        /* the transmitter takes nothing */
	const uint8_t *held; /* input that was refused, and what follows it */
	size_t held_count;
	unsigned breaks; /* how often a break began or ended */
} console;

static void fake_transmit_start(struct serial *serial)
{
	int byte;

	while (!console.blocked && (byte = serial->client->transmit(serial)) >= 0) {
		assert_true(console.count < sizeof console.sent);
		console.sent[console.count++] = (char)byte;
	}
}

static void fake_receive(void)
{
	while (console.held_count && console.serial.client->receive(&console.serial, *console.held)) {
		console.held++;
		console.held_count--;
	}
}

static void fake_resume(struct serial *serial)
{
	(void)serial;
	fake_receive();
}

static void fake_set_break(struct serial *serial, bool on)
{
	(void)serial;
	assert_int_equal(console.breaks++ % 2, !on);
}

static const struct serial_ops fake_ops = {
	.transmit_start = fake_transmit_start, .receive_resume = fake_resume, .set_break = fake_set_break};
struct serial *const board_console = &console.serial;

/* Bytes arrive; those that find no room stay with the driver until it is told to go on. */
__attribute__((unused)) static void serial_input(const char *bytes, size_t count)
{
	assert_int_equal(console.held_count, 0);
	console.held = (const uint8_t *)bytes;
	console.held_count = count;
	fake_receive();
}

__attribute__((unused)) static void type(const char *text)
{
	serial_input(text, strlen(text));
}

/* What was sent since the last call. */
__attribute__((unused)) static const char *sent(void)
{
	static char text[sizeof console.sent + 1];

	memcpy(text, console.sent, console.count);
	text[console.count] = '\0';
	console.count = 0;
	return text;
}

void board_memory(size_t *text, size_t *data)
{
	*text = 60000;
	*data = 4000;
}

/* A romfs image, built header by header. */
static struct image {
	uint8_t bytes[8192];
	size_t used;
} image;

#define IMAGE_LINK 0
#define IMAGE_DIR 1
#define IMAGE_FILE 2
#define IMAGE_SYMLINK 3
#define IMAGE_EXEC 8

static void image_word(size_t offset, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		image.bytes[offset + (size_t)i] = (uint8_t)(value >> (24 - 8 * i));
}

static uint32_t image_read_word(size_t offset)
{
	uint32_t value = 0;

	for (int i = 0; i < 4; i++)
		value = value << 8 | image.bytes[offset + (size_t)i];
	return value;
}

/* Appends a header to the directory whose last header is *last (0: the directory is empty) and returns its offset. */
static size_t image_add(size_t *last, const char *name, unsigned type, uint32_t info, const void *data, size_t size)
{
	size_t at = image.used, padded = (strlen(name) + 16) & ~(size_t)15;

	if (*last)
		image_word(*last, (uint32_t)at | (image_read_word(*last) & 15));
	*last = at;
	image_word(at, type);
	image_word(at + 4, info);
	image_word(at + 8, (uint32_t)size);
	strcpy((char *)image.bytes + at + 16, name);
	if (size)
		memcpy(image.bytes + at + 16 + padded, data, size);
	image.used = (at + 16 + padded + size + 15) & ~(size_t)15;
	assert_true(image.used < sizeof image.bytes);
	return at;
}

static void image_symlink(size_t *last, const char *name, const char *target)
{
	image_add(last, name, IMAGE_SYMLINK, 0, target, strlen(target));
}

/* A directory with its two dots; *inside becomes the last header in it. */
static void image_dir(size_t *last, const char *name, size_t parent, size_t *inside)
{
	size_t at = image_add(last, name, IMAGE_DIR | IMAGE_EXEC, 0, NULL, 0);

	*inside = 0;
	image_word(at + 4, (uint32_t)image.used);
	image_add(inside, ".", IMAGE_LINK, (uint32_t)at, NULL, 0);
	image_add(inside, "..", IMAGE_LINK, (uint32_t)parent, NULL, 0);
}

#define LONG_NAME "a-name-of-63-bytes-012345678901234567890123456789012345678901xy"
static const char true_text[] = "the text of true";

static void image_build(void)
{
	size_t last = 0, inside, root = 32, program;

	memset(&image, 0, sizeof image);
	memcpy(image.bytes, "-rom1fs-", 8);
	strcpy((char *)image.bytes + 16, "test");
	image.used = 32;
	image_add(&last, ".", IMAGE_DIR | IMAGE_EXEC, (uint32_t)root, NULL, 0);
	image_add(&last, "..", IMAGE_LINK, (uint32_t)root, NULL, 0);
	image_dir(&last, "tmp", root, &inside);
	image_dir(&last, "dev", root, &inside);
	image_dir(&last, "proc", root, &inside);
	image_dir(&last, "bin", root, &inside);
	program = image_add(&inside, "true", IMAGE_FILE | IMAGE_EXEC, 0, true_text, sizeof true_text);
	image_add(&inside, "tree", IMAGE_FILE, 0, "data", 4);
	image_add(&inside, "hard", IMAGE_LINK, (uint32_t)program, NULL, 0);
	image_symlink(&inside, "up", "../etc/motd");
	image_dir(&last, "etc", root, &inside);
	image_add(&inside, "motd", IMAGE_FILE, 0, "welcome\n", 8);
	image_add(&inside, LONG_NAME, IMAGE_FILE, 0, "long", 4);
	image_symlink(&last, "relative", "etc/motd");
	image_symlink(&last, "absolute", "/etc/motd");
	image_symlink(&last, "directory", "etc");
	image_symlink(&last, "slashed", "etc/");
	image_symlink(&last, "second", "directory/../directory");
	image_symlink(&last, "loop", "pool");
	image_symlink(&last, "pool", "loop");
	image_symlink(&last, "dangling", "/tmp/made-by-link");
	image_symlink(&last, "nowhere", "/no/such");
	image_symlink(&last, "chain1", "etc/motd");
	for (char n = '2'; n <= '9'; n++) {
		char name[] = "chain?", target[] = "chain?";

		name[5] = n;
		target[5] = (char)(n - 1);
		image_symlink(&last, name, target);
	}
	image_word(8, (uint32_t)image.used);
}

static struct process process;
static size_t blocks_before;

__attribute__((unused)) static size_t blocks_in_use(void)
{
	struct mem_stats stats;

	mem_get_stats(&stats);
	return stats.used_blocks;
}

__attribute__((unused)) static int fixture_setup(void **state)
{
	(void)state;
	host_boot(MACHINE_MEMORY);
	console.serial.ops = &fake_ops;
	image_build();
	fs_init(image.bytes, sizeof image.bytes);
	return 0;
}

__attribute__((unused)) static int fixture_teardown(void **state)
{
	(void)state;
	host_shutdown();
	return 0;
}

__attribute__((unused)) static int fixture_before(void **state)
{
	static struct space space;

	(void)state;
	blocks_before = blocks_in_use();
	memset(&process, 0, sizeof process);
	space.brk = UINTPTR_MAX;
	process.space = &space;
	process.pid = 7;
	process.umask = 022;
	process.cwd = cwd_root();
	process.thread = thread_current();
	fdtable_init(&process.files);
	thread_current()->owner = &process;
	console.blocked = false;
	console.count = console.held_count = 0;
	return 0;
}

__attribute__((unused)) static int fixture_after(void **state)
{
	(void)state;
	mem_fail_nth(0);
	fdtable_close_all(&process.files);
	cwd_release(process.cwd);
	thread_clear_interrupt(thread_current());
	thread_current()->work = 0;
	thread_current()->owner = NULL;
	mem_check();
	assert_int_equal(blocks_in_use(), blocks_before);
	return 0;
}

/* Runs entry(NULL) as a thread of the process until everything sleeps. */
__attribute__((unused)) static struct thread *spawn(void (*entry)(void *), unsigned prio)
{
	struct thread *thread = thread_create(THREAD_FIFO, prio);

	assert_non_null(thread);
	thread->owner = &process;
	thread_set_entry(thread, entry, NULL);
	thread_start(thread);
	return thread;
}

__attribute__((unused)) static int opened(const char *path, int flags)
{
	int fd = (int)sys_open(path, flags, 0666);

	assert_true(fd >= 0);
	return fd;
}

/* A file with this text. */
__attribute__((unused)) static void make_file(const char *path, const char *text)
{
	int fd = opened(path, ABI_O_WRONLY | ABI_O_CREAT | ABI_O_TRUNC);

	assert_int_equal(sys_write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(sys_close(fd), 0);
}

/* The whole of a file of up to 4095 bytes. */
__attribute__((unused)) static const char *contents(const char *path)
{
	static char text[4096];
	int fd = opened(path, ABI_O_RDONLY);
	long count, total = 0;

	while ((count = sys_read(fd, text + total, sizeof text - 1 - (size_t)total)) > 0)
		total += count;
	assert_int_equal(count, 0);
	text[total] = '\0';
	sys_close(fd);
	return text;
}

/* 0 when something has that name, or -errno. */
__attribute__((unused)) static int find(const char *path)
{
	struct node node;
	int error = vfs_lookup(path, true, &node);

	if (!error)
		vfs_release(node);
	return error;
}

/* The path of the current directory. */
__attribute__((unused)) static const char *here(void)
{
	static char path[ABI_PATH_MAX];

	long length = sys_getcwd(path, sizeof path);

	assert_int_equal(length, strlen(path) + 1);
	return path;
}
