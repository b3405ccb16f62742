/*
 * The kernel log: a ring of the last CONFIG_KLOG_SIZE bytes. `written` counts all bytes ever logged.
 */
#include <kernel/klog.h>

#include <arch.h>
#include <kernel/config.h>

#include <stdint.h>

#define LINE_MAX 96

static struct {
	size_t written;
	char ring[CONFIG_KLOG_SIZE];
} log_ring;

static void log_put(char c)
{
	log_ring.ring[log_ring.written++ % CONFIG_KLOG_SIZE] = c;
}

static size_t log_line(char *line, const char *format, va_list args)
{
	size_t length = kvformat(line, LINE_MAX, format, args);

	length = length < LINE_MAX ? length : LINE_MAX - 1;
	for (size_t i = 0; i < length; i++)
		log_put(line[i]);
	return length;
}

void klog(const char *format, ...)
{
	char line[LINE_MAX];
	va_list args;

	va_start(args, format);
	log_line(line, format, args);
	va_end(args);
}

void klog_emergency(const char *format, ...)
{
	char line[LINE_MAX];
	va_list args;
	size_t length;

	va_start(args, format);
	length = log_line(line, format, args);
	va_end(args);
	for (size_t i = 0; i < length; i++) {
		if (line[i] == '\n')
			arch_console_put('\r');
		arch_console_put(line[i]);
	}
}

size_t klog_read(char *buf, size_t size, size_t offset)
{
	size_t kept = log_ring.written < CONFIG_KLOG_SIZE ? log_ring.written : CONFIG_KLOG_SIZE, count = 0;
	size_t start = log_ring.written - kept;

	for (; count < size && offset + count < kept; count++)
		buf[count] = log_ring.ring[(start + offset + count) % CONFIG_KLOG_SIZE];
	return count;
}
