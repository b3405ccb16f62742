#include "greeting.h"

#include <math.h>
#include <stddef.h>

/* Constant, but with pointers: one copy a process. */
const struct greeting greetings[] = {{"hello", 1.0}, {"good day", 4.0}, {NULL, 0}};

double greeting_mean(void)
{
	double product = 1;
	int count = 0;

	while (greetings[count].word)
		product *= greetings[count++].weight;
	return sqrt(product);
}
