/*
 * The kernel log: a ring of text in RAM (its size is the board's), copied to the console unless it is quiet.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

/* Formats and appends one line. Knows %s %c %d %u %x %p %% with l and z sizes, a width and a leading 0; nothing else.
 * Any context. */
void klog(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Like klog, always on the console and by polling, since the machine may be about to end. Crash reports and epitaphs. */
void klog_emergency(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Formats into buf (always NUL-terminated when size > 0); returns the length that was wanted, as snprintf does. */
size_t kformat(char *buf, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
size_t kvformat(char *buf, size_t size, const char *format, va_list args);

/* Copies up to size bytes of the log from its `offset`th kept byte; returns the count (0 at the end). Thread context. */
size_t klog_read(char *buf, size_t size, size_t offset);
