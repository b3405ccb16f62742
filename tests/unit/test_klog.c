/*
 * The kernel log.
 */
#include "unit.h"

#include <kernel/klog.h>
#include <string.h>

static char text[CONFIG_KLOG_SIZE + 100];

static const char *log_from(size_t offset)
{
	size_t length = klog_read(text, sizeof text - 1, offset);

	text[length] = '\0';
	return text;
}

static void keeps_lines_in_order_off_the_console(void **state)
{
	(void)state;
	assert_string_equal(log_from(0), "");
	klog("one %d\n", 1);
	klog("two\n");
	assert_string_equal(log_from(0), "one 1\ntwo\n");
	assert_string_equal(host_console(), "");
}

static void reads_parts(void **state)
{
	char part[4];

	(void)state;
	klog("0123456789");
	assert_int_equal(klog_read(part, 4, 3), 4);
	assert_memory_equal(part, "3456", 4);
	assert_int_equal(klog_read(part, 4, 8), 2);
	assert_int_equal(klog_read(part, 4, 10), 0);
	assert_int_equal(klog_read(part, 4, 1000), 0);
	assert_int_equal(klog_read(part, 4, SIZE_MAX), 0);
	assert_int_equal(klog_read(part, 0, 0), 0);
}

static void full_ring_keeps_the_newest(void **state)
{
	(void)state;
	for (int i = 0; i < CONFIG_KLOG_SIZE / 10 + 20; i++)
		klog("line %04d\n", i);
	log_from(0);
	assert_int_equal(strlen(text), CONFIG_KLOG_SIZE);
	kformat(text + sizeof text - 20, 20, "line %04d\n", CONFIG_KLOG_SIZE / 10 + 19);
	assert_memory_equal(text + CONFIG_KLOG_SIZE - 10, text + sizeof text - 20, 10);
}

static void emergency_goes_to_the_console_as_well(void **state)
{
	(void)state;
	klog_emergency("a %s\nb", "fire");
	assert_string_equal(host_console(), "a fire\r\nb");
	assert_string_equal(log_from(0), "a fire\nb");
}

static void long_lines_are_cut(void **state)
{
	char line[301];

	(void)state;
	memset(line, 'x', 300);
	line[300] = '\0';
	klog("%s", line);
	log_from(0);
	assert_in_range(strlen(text), 80, 299);
	assert_memory_equal(text, line, strlen(text));
}

static const struct CMUnitTest tests[] = {
	UNIT(klog, keeps_lines_in_order_off_the_console),
	UNIT(klog, reads_parts),
	UNIT(klog, full_ring_keeps_the_newest),
	UNIT(klog, emergency_goes_to_the_console_as_well),
	UNIT(klog, long_lines_are_cut),
};
UNIT_MAIN(klog, tests)
