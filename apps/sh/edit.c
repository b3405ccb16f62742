/*
 * A line from the terminal, with editing and history. The terminal is raw only while a line is typed.
 *
 * History: lines one after the other, each ended by NUL, the newest last; old ones fall out at the front.
 */
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "out.h"
#include "sh.h"

#ifndef HISTORY_SIZE
#define HISTORY_SIZE 320
#endif

#define KEY_CTRL(letter) ((letter)&31)
#define KEY_BACKSPACE 127

#define KEY_END_OF_INPUT (-1)
#define KEY_NONE 0

static struct {
	char *history; /* HISTORY_SIZE bytes, made by the first line for which there is memory */
	unsigned history_len;
	char *line;
	int size, len, at;
	int shown; /* lines back from the newest that is on display; 0: the one being typed */
} ed;

static int read_char(void)
{
	unsigned char c;

	out_flush();
	return read_again(0, &c, 1) == 1 ? c : KEY_END_OF_INPUT;
}

/* The number of ESC [ n ~: home, delete, end. */
static int numbered_key(int digit)
{
	if (read_char() != '~')
		return KEY_NONE;
	if (digit == '3')
		return KEY_CTRL('D');
	if (digit == '1' || digit == '7')
		return KEY_CTRL('A');
	return digit == '4' || digit == '8' ? KEY_CTRL('E') : KEY_NONE;
}

/* Keys that arrive as escape sequences become the control characters that do the same. */
static int read_key(void)
{
	/* Up, down, right, left, home, end. */
	static const char finals[] = "ABCDHF", keys[] = "PNFBAE";
	const char *final;
	int c = read_char();

	if (c != 27)
		return c;
	c = read_char();
	if (c != '[' && c != 'O')
		return KEY_NONE;
	c = read_char();
	if (c >= '0' && c <= '9')
		return numbered_key(c);
	final = c > 0 ? strchr(finals, c) : NULL;
	return final ? KEY_CTRL(keys[final - finals]) : KEY_NONE;
}

static void move_left(int n)
{
	while (n-- > 0)
		out_char('\b');
}

/* Shows the line from the cursor on, `erase` blanks behind it, and puts the cursor back. */
static void show_rest(int erase)
{
	out_bytes(ed.line + ed.at, (size_t)(ed.len - ed.at));
	for (int i = 0; i < erase; i++)
		out_char(' ');
	move_left(ed.len - ed.at + erase);
}

static void move_to(int at)
{
	if (at < 0 || at > ed.len)
		return;
	if (at < ed.at)
		move_left(ed.at - at);
	else
		out_bytes(ed.line + ed.at, (size_t)(at - ed.at));
	ed.at = at;
}

/* Takes out the characters from `from` to `to`; the cursor goes to `from`. */
static void erase(int from, int to)
{
	if (from < 0 || to > ed.len || from >= to)
		return;
	move_to(from);
	memmove(ed.line + from, ed.line + to, (size_t)(ed.len - to));
	ed.len -= to - from;
	show_rest(to - from);
}

static void insert(char c)
{
	if (ed.len + 1 >= ed.size)
		return;
	memmove(ed.line + ed.at + 1, ed.line + ed.at, (size_t)(ed.len - ed.at));
	ed.line[ed.at++] = c;
	ed.len++;
	out_char(c);
	show_rest(0);
}

static int word_start(void)
{
	int at = ed.at;

	while (at > 0 && ed.line[at - 1] == ' ')
		at--;
	while (at > 0 && ed.line[at - 1] != ' ')
		at--;
	return at;
}

/* The line `back` lines back; NULL if there are not so many. */
static const char *history_line(int back)
{
	unsigned at = ed.history_len;

	while (back-- > 0) {
		if (at == 0)
			return NULL;
		for (at--; at > 0 && ed.history[at - 1];)
			at--;
	}
	return ed.history + at;
}

static void history_show(int back)
{
	const char *line = back > 0 ? history_line(back) : "";

	if (back < 0 || !line)
		return;
	ed.shown = back;
	erase(0, ed.len);
	while (*line)
		insert(*line++);
}

static void history_add(void)
{
	unsigned size = (unsigned)ed.len + 1;
	const char *last = history_line(1);

	if (!ed.history || ed.len == 0 || size > HISTORY_SIZE || (last && strcmp(last, ed.line) == 0))
		return;
	while (ed.history_len + size > HISTORY_SIZE) {
		unsigned first = (unsigned)strlen(ed.history) + 1;

		ed.history_len -= first;
		memmove(ed.history, ed.history + first, ed.history_len);
	}
	memcpy(ed.history + ed.history_len, ed.line, size);
	ed.history_len += size;
}

static void edit_key(int key)
{
	switch (key) {
	case KEY_CTRL('A'):
		move_to(0);
		break;
	case KEY_CTRL('E'):
		move_to(ed.len);
		break;
	case KEY_CTRL('B'):
		move_to(ed.at - 1);
		break;
	case KEY_CTRL('F'):
		move_to(ed.at + 1);
		break;
	case KEY_CTRL('H'):
	case KEY_BACKSPACE:
		erase(ed.at - 1, ed.at);
		break;
	case KEY_CTRL('D'):
		erase(ed.at, ed.at + 1);
		break;
	case KEY_CTRL('K'):
		erase(ed.at, ed.len);
		break;
	case KEY_CTRL('U'):
		erase(0, ed.at);
		break;
	case KEY_CTRL('W'):
		erase(word_start(), ed.at);
		break;
	case KEY_CTRL('P'):
		history_show(ed.shown + 1);
		break;
	case KEY_CTRL('N'):
		history_show(ed.shown - 1);
		break;
	default:
		if (key >= ' ' && key < 256)
			insert((char)key);
		break;
	}
}

/* Edits until the line is entered; -1 at the end of input. */
static int edit(void)
{
	for (;;) {
		int key = read_key();

		if (key == KEY_END_OF_INPUT || (key == KEY_CTRL('D') && ed.len == 0))
			return -1;
		if (key == '\r' || key == '\n')
			return ed.len;
		if (key == KEY_CTRL('C')) {
			out_str("^C");
			return ed.len = 0;
		}
		edit_key(key);
	}
}

static void set_raw(const struct termios *cooked)
{
	struct termios raw = *cooked;

	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(0, TCSADRAIN, &raw);
}

int edit_line(const char *prompt, char *line, int size)
{
	struct termios cooked;
	int len;

	if (!ed.history)
		ed.history = malloc(HISTORY_SIZE);
	ed.line = line;
	ed.size = size;
	ed.len = ed.at = ed.shown = 0;
	out_to(2);
	out_str(prompt);
	tcgetattr(0, &cooked);
	set_raw(&cooked);
	len = edit();
	out_char('\n');
	out_flush();
	tcsetattr(0, TCSADRAIN, &cooked);
	out_to(1);
	line[ed.len] = '\0';
	history_add();
	return len;
}
