#include <stdio.h>

#include "greeting.h"

int main(int argc, char *argv[])
{
	for (const struct greeting *each = greetings; each->word; each++)
		printf("%s from %s\n", each->word, argc > 0 ? "example" : argv[0]);
	printf("mean %.2f\n", greeting_mean());
	return 0;
}
