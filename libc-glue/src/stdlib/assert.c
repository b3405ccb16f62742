/* What assert() calls when it fails. Without stdio: it would bring printf into every program that converts a float. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DIGITS 12

static void say(const char *text)
{
	/* Nothing can be done where even this fails; the program aborts either way. */
	(void)!write(STDERR_FILENO, text, strlen(text));
}

static void say_number(unsigned number)
{
	char digits[DIGITS];
	char *at = digits + sizeof digits - 1;

	*at = '\0';
	do
		*--at = (char)('0' + number % 10);
	while ((number /= 10) != 0);
	say(at);
}

void __assert_func(const char *file, int line, const char *function, const char *expression)
{
	say("assertion \"");
	say(expression);
	say("\" failed: ");
	say(file);
	say(":");
	say_number((unsigned)line);
	if (function) {
		say(", ");
		say(function);
	}
	say("\n");
	abort();
}

void __assert(const char *file, int line, const char *expression)
{
	__assert_func(file, line, NULL, expression);
}
