/* The rest of ISO C that programs lean on: sorting, jumps, time, text, options. */
#include <ctype.h>
#include <getopt.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_sorting(void)
{
	const char *words[] = {"pear", "apple", "fig", "cherry"}, *key = "fig";

	qsort(words, 4, sizeof words[0], compare);
	CHECK(strcmp(words[0], "apple") == 0 && strcmp(words[3], "pear") == 0);
	CHECK(bsearch(&key, words, 4, sizeof words[0], compare) == &words[2]);
}

static jmp_buf back;

__attribute__((noinline)) static void jump(int value)
{
	longjmp(back, value);
}

static void check_jumps(void)
{
	volatile int kept = 7;
	int value = setjmp(back);

	if (value == 0) {
		kept = 8;
		jump(42);
	}
	CHECK(value == 42 && kept == 8);
}

static void check_time(void)
{
	time_t moment = 1700000000;
	struct tm *tm = gmtime(&moment);
	char text[64];

	CHECK(strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a", tm) == 23);
	CHECK(strcmp(text, "2023-11-14 22:13:20 Tue") == 0);
	CHECK(mktime(tm) == moment);

	struct timespec before, after;
	CHECK(clock_gettime(CLOCK_MONOTONIC, &before) == 0);
	CHECK(clock_gettime(CLOCK_MONOTONIC, &after) == 0);
	CHECK(after.tv_sec > before.tv_sec || (after.tv_sec == before.tv_sec && after.tv_nsec >= before.tv_nsec));
}

static void check_text(void)
{
	char text[] = "a,b;c", *rest = NULL;

	CHECK(strcmp(strtok_r(text, ",;", &rest), "a") == 0 && strcmp(strtok_r(NULL, ",;", &rest), "b") == 0);
	CHECK(isalpha('x') && !isalpha('1') && toupper('q') == 'Q' && isspace('\t'));
	CHECK(strcmp(strerror(2), "No such file or directory") == 0);
	CHECK(setenv("NAME", "value", 1) == 0 && strcmp(getenv("NAME"), "value") == 0);
}

static void check_options(void)
{
	char *argv[] = {"prog", "-a", "-b", "value", "--long=5", "rest", NULL};
	static const struct option options[] = {{"long", required_argument, NULL, 'l'}, {NULL, 0, NULL, 0}};
	char seen[8] = "";
	int option;

	while ((option = getopt_long(6, argv, "ab:", options, NULL)) != -1)
		strncat(seen, &(char){(char)option}, 1);
	CHECK(strcmp(seen, "abl") == 0 && optind == 5);
}

static int order;

__attribute__((constructor)) static void construct(void)
{
	order = 1;
}

static void at_exit(void)
{
	puts("library left");
}

int main(void)
{
	CHECK(order == 1);
	check_sorting();
	check_jumps();
	check_time();
	check_text();
	check_options();
	CHECK(atexit(at_exit) == 0);
	puts("library ok");
	return failures != 0;
}
