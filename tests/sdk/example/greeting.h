#ifndef GREETING_H
#define GREETING_H

struct greeting {
	const char *word;
	double weight;
};

extern const struct greeting greetings[];

double greeting_mean(void);

#endif
