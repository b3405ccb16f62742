/*
 * tr: translates, deletes or squeezes characters.
 */
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "opt.h"
#include "out.h"

const char app_name[] = "tr";
const char app_usage[] = "[-cds] SET1 [SET2]";

/* A set, read character by character: ranges, classes and escapes are expanded on the way. */
struct set {
	const char *p;
	int next, last;         /* of a range or class that is being expanded */
	const char *class_name; /* NULL: a range */
};

static struct {
	unsigned char map[256];
	unsigned char set1[32], set2[32]; /* one bit for a character */
	unsigned char complement, remove, squeeze;
} tr;

static int in_class(const char *name, int c)
{
	int lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';

	if (strncmp(name, "alpha", 5) == 0)
		return lower || upper;
	if (strncmp(name, "alnum", 5) == 0)
		return lower || upper || digit;
	if (strncmp(name, "punct", 5) == 0)
		return c > ' ' && c < 127 && !lower && !upper && !digit;
	if (strncmp(name, "space", 5) == 0)
		return c == ' ' || (c >= '\t' && c <= '\r');
	return *name == 'l' ? lower : *name == 'u' ? upper : *name == 'd' ? digit : 0;
}

static int escaped(const char **p)
{
	static const char letters[] = "abfnrtv\\", codes[] = "\a\b\f\n\r\t\v\\";
	const char *found;
	int n = 0;

	if (**p >= '0' && **p <= '7') {
		for (int i = 0; i < 3 && **p >= '0' && **p <= '7'; i++)
			n = n * 8 + (*(*p)++ - '0');
		return n & 255;
	}
	found = **p ? strchr(letters, **p) : NULL;
	return found ? ((*p)++, codes[found - letters]) : (unsigned char)*(*p)++;
}

static int set_char(struct set *s)
{
	if (*s->p == '\\' && s->p[1]) {
		s->p++;
		return escaped(&s->p);
	}
	return (unsigned char)*s->p++;
}

static int set_expanding(struct set *s)
{
	while (s->next <= s->last) {
		int c = s->next++;

		if (!s->class_name || in_class(s->class_name, c))
			return c;
	}
	return -1;
}

/* The next character of the set; -1 at its end. */
static int set_next(struct set *s)
{
	int c = set_expanding(s);
	const char *end;

	if (c >= 0)
		return c;
	if (!*s->p)
		return -1;
	end = s->p[0] == '[' && s->p[1] == ':' ? strstr(s->p, ":]") : NULL;
	if (end) {
		s->class_name = s->p + 2;
		s->next = 0;
		s->last = 255;
		s->p = end + 2;
		return set_next(s);
	}
	c = set_char(s);
	if (s->p[0] == '-' && s->p[1]) {
		s->p++;
		s->class_name = NULL;
		s->next = c + 1;
		s->last = set_char(s);
	}
	return c;
}

static void set_init(struct set *s, const char *text)
{
	*s = (struct set){.p = text, .next = 1, .last = 0};
}

static int has(const unsigned char *bits, int c)
{
	return bits[c / 8] >> (c % 8) & 1;
}

static void mark(unsigned char *bits, const char *text, int complement)
{
	struct set s;
	int c;

	set_init(&s, text);
	while ((c = set_next(&s)) >= 0)
		bits[c / 8] |= (unsigned char)(1 << (c % 8));
	if (complement)
		for (unsigned i = 0; i < 32; i++)
			bits[i] = (unsigned char)~bits[i];
}

/* Pairs the characters of the sets; the last of the second stands for all that are missing there. */
static void make_map(const char *text1, const char *text2)
{
	struct set s1, s2;
	int from, to = 0, n;

	for (int i = 0; i < 256; i++)
		tr.map[i] = (unsigned char)i;
	set_init(&s2, text2);
	if (tr.complement) {
		while ((n = set_next(&s2)) >= 0)
			to = n;
		for (int i = 0; i < 256; i++)
			if (has(tr.set1, i))
				tr.map[i] = (unsigned char)to;
		return;
	}
	set_init(&s1, text1);
	while ((from = set_next(&s1)) >= 0) {
		n = set_next(&s2);
		to = n >= 0 ? n : to;
		tr.map[from] = (unsigned char)to;
	}
}

static int translate(const unsigned char *squeezed)
{
	unsigned char buf[128];
	int last = -1;
	ssize_t n;

	while ((n = read(0, buf, sizeof(buf))) > 0) {
		for (ssize_t i = 0; i < n; i++) {
			int c = tr.map[buf[i]];

			if (tr.remove && has(tr.set1, buf[i]))
				continue;
			if (tr.squeeze && c == last && has(squeezed, c))
				continue;
			out_char((char)c);
			last = c;
		}
	}
	return n < 0 ? msg_error("stdin") : 0;
}

int main(int argc, char **argv)
{
	struct opt o;
	int c, sets;

	(void)argc;
	opt_init(&o, argv);
	while ((c = opt_next(&o, "cCds"))) {
		if (c == '?')
			return usage();
		tr.complement |= c == 'c' || c == 'C';
		tr.remove |= c == 'd';
		tr.squeeze |= c == 's';
	}
	sets = opt_count(o.argv);
	if (sets != 2 && !(sets == 1 && (tr.remove || tr.squeeze)))
		return usage();
	if (sets == 2 && !*o.argv[1])
		return usage();
	mark(tr.set1, o.argv[0], tr.complement);
	if (sets == 2)
		mark(tr.set2, o.argv[1], 0);
	make_map(tr.remove || sets == 1 ? "" : o.argv[0], sets == 2 ? o.argv[1] : "x");
	if (tr.complement && (tr.remove || sets == 1))
		for (int i = 0; i < 256; i++)
			tr.map[i] = (unsigned char)i;
	return out_end(translate(sets == 2 ? tr.set2 : tr.set1));
}
