/* Formatted output and input, buffering, streams in memory. */
#include <stdint.h>
#include <string.h>

#include "check.h"

static const char *format_int(char *buf, const char *format, long long value)
{
	sprintf(buf, format, value);
	return buf;
}

static const char *format_double(char *buf, const char *format, double value)
{
	sprintf(buf, format, value);
	return buf;
}

static void check_integers(void)
{
	char buf[64];

	CHECK(strcmp(format_int(buf, "%lld", INT64_MIN), "-9223372036854775808") == 0);
	CHECK(strcmp(format_int(buf, "%016llx", 0x123456789abcdefLL), "0123456789abcdef") == 0);
	CHECK(strcmp(format_int(buf, "%+5lld|", 42), "  +42|") == 0);
	sprintf(buf, "%zu %td %jd %hhd", sizeof(char), (ptrdiff_t)-3, (intmax_t)7, 300);
	CHECK(strcmp(buf, "1 -3 7 44") == 0);
}

static void check_doubles(void)
{
	char buf[64];

	CHECK(strcmp(format_double(buf, "%.3f", 3.14159), "3.142") == 0);
	CHECK(strcmp(format_double(buf, "%g", 1e100), "1e+100") == 0);
	CHECK(strcmp(format_double(buf, "%.17g", 0.1), "0.10000000000000001") == 0);
	CHECK(strcmp(format_double(buf, "%a", 1.5), "0x1.8p+0") == 0);
	CHECK(strcmp(format_double(buf, "%f", -1.0 / 0.0 * 1.0), "-inf") == 0);
}

static void check_scan(void)
{
	int number;
	double real;
	long long big;
	char word[16];

	CHECK(sscanf("12 abc 2.5e3 99999999999", "%d %15s %lf %lld", &number, word, &real, &big) == 4);
	CHECK(number == 12 && strcmp(word, "abc") == 0 && real == 2500.0 && big == 99999999999LL);
}

static void check_memory_stream(void)
{
	char *text;
	size_t size;
	FILE *stream = open_memstream(&text, &size);

	CHECK(stream != NULL);
	if (!stream)
		return;
	fprintf(stream, "%s-%d", "memory", 5);
	fclose(stream);
	CHECK(size == 8 && strcmp(text, "memory-5") == 0);
}

int main(void)
{
	check_integers();
	check_doubles();
	check_scan();
	check_memory_stream();
	printf("%s %5.2f %c %%\n", "stdio", 2.0 / 3, 'x');
	fputs("two ", stdout);
	puts("lines");
	return failures != 0;
}
