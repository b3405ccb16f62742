/*
 * A small formatter for the kernel log and procfs: %s %c %d %u %x %p %%, sizes l and z, a width with optional 0.
 */
#include <kernel/klog.h>

#include <kernel/string.h>

#include <stdbool.h>
#include <stdint.h>

struct output {
	char *buf;
	size_t size, length;
};

struct spec {
	unsigned width;
	bool zeros, wide;
};

static void put(struct output *out, char c)
{
	if (out->length + 1 < out->size)
		out->buf[out->length] = c;
	out->length++;
}

static void put_text(struct output *out, const char *text, size_t length, struct spec spec)
{
	for (size_t i = length; i < spec.width; i++)
		put(out, spec.zeros ? '0' : ' ');
	while (length--)
		put(out, *text++);
}

static void put_number(struct output *out, unsigned long value, unsigned base, bool negative, struct spec spec)
{
	char digits[24], *p = digits + sizeof digits;

	do
		*--p = "0123456789abcdef"[value % base];
	while ((value /= base) != 0);
	if (negative && spec.zeros) {
		put(out, '-');
		spec.width -= spec.width > 0;
	} else if (negative) {
		*--p = '-';
	}
	put_text(out, p, (size_t)(digits + sizeof digits - p), spec);
}

static unsigned long next_unsigned(va_list *args, struct spec spec)
{
	return spec.wide ? va_arg(*args, unsigned long) : va_arg(*args, unsigned);
}

static void put_signed(struct output *out, long value, struct spec spec)
{
	put_number(out, value < 0 ? 0ul - (unsigned long)value : (unsigned long)value, 10, value < 0, spec);
}

static void put_pointer(struct output *out, uintptr_t value)
{
	put_text(out, "0x", 2, (struct spec){0});
	put_number(out, value, 16, false, (struct spec){.width = 8, .zeros = true});
}

static void put_string(struct output *out, const char *text, struct spec spec)
{
	put_text(out, text, strlen(text), spec);
}

static void put_char(struct output *out, char c, struct spec spec)
{
	put_text(out, &c, 1, spec);
}

static void put_conversion(struct output *out, char kind, va_list *args, struct spec spec)
{
	switch (kind) {
	case 's': put_string(out, va_arg(*args, const char *), spec); break;
	case 'c': put_char(out, (char)va_arg(*args, int), spec); break;
	case 'd': put_signed(out, spec.wide ? va_arg(*args, long) : va_arg(*args, int), spec); break;
	case 'u': put_number(out, next_unsigned(args, spec), 10, false, spec); break;
	case 'x': put_number(out, next_unsigned(args, spec), 16, false, spec); break;
	case 'p': put_pointer(out, (uintptr_t)va_arg(*args, void *)); break;
	default: put(out, kind);
	}
}

static const char *parse_spec(const char *p, struct spec *spec)
{
	*spec = (struct spec){.zeros = *p == '0'};
	while (*p >= '0' && *p <= '9')
		spec->width = spec->width * 10 + (unsigned)(*p++ - '0');
	for (; *p == 'l' || *p == 'z'; p++)
		spec->wide = true;
	return p;
}

size_t kvformat(char *buf, size_t size, const char *format, va_list list)
{
	struct output out = {buf, size, 0};
	struct spec spec;
	va_list args;

	va_copy(args, list);
	for (const char *p = format; *p; p++) {
		if (*p != '%') {
			put(&out, *p);
			continue;
		}
		p = parse_spec(p + 1, &spec);
		if (!*p)
			break;
		put_conversion(&out, *p, &args, spec);
	}
	va_end(args);
	if (size)
		buf[out.length < size ? out.length : size - 1] = '\0';
	return out.length;
}

size_t kformat(char *buf, size_t size, const char *format, ...)
{
	va_list args;
	size_t length;

	va_start(args, format);
	length = kvformat(buf, size, format, args);
	va_end(args);
	return length;
}
