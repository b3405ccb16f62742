/*
 * Where commands come from: a file, the terminal, or a text. Lines are gathered until they make a complete command.
 *
 * The body of a here-document is moved into the text of its command: <<WORD becomes << followed by a mark, q or e (WORD was
 * quoted or not), the body, a mark. After that, nothing else in the shell deals with text that is out of order.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "out.h"
#include "sh.h"

#ifndef LINE_MAX_INTERACTIVE
#define LINE_MAX_INTERACTIVE 200
#endif
#define FILE_BUFFER 64

struct input {
	const char *text; /* what is left of it; NULL: read fd */
	char *buf;        /* NULL: fd is standard input, read byte by byte because children share it */
	int at, len;
	int fd;
	int terminal;
	int continued; /* the prompt is for a continuation line */
};

static struct input *in;

ssize_t read_again(int fd, void *buf, size_t size)
{
	ssize_t n;

	do
		n = read(fd, buf, size);
	while (n < 0 && errno == EINTR);
	return n;
}

static int fill(void)
{
	ssize_t n;

	if (in->terminal) {
		int len = edit_line(var_value(in->continued ? "PS2" : "PS1"), in->buf, LINE_MAX_INTERACTIVE);

		in->continued = 1;
		if (len >= 0)
			in->buf[len++] = '\n';
		n = len;
	} else {
		n = read_again(in->fd, in->buf, FILE_BUFFER);
	}
	in->at = 0;
	in->len = n < 0 ? 0 : (int)n;
	return n > 0;
}

/* The next character; -1 at the end. */
static int next_char(void)
{
	char c;

	if (in->text)
		return *in->text ? (unsigned char)*in->text++ : -1;
	if (!in->buf)
		return read_again(in->fd, &c, 1) == 1 ? (unsigned char)c : -1;
	if (in->at == in->len && !fill())
		return -1;
	return (unsigned char)in->buf[in->at++];
}

/* Appends a line to the open string; 0 at the end of input. */
static int append_line(void)
{
	int c = next_char();

	if (c < 0)
		return 0;
	for (; c >= 0; c = next_char()) {
		if (c && c != HERE_MARK)
			str_put((char)c);
		if (c == '\n')
			break;
	}
	return 1;
}

/* The delimiter [p, end) of a here-document without its quotes. */
static char *delimiter(const char *p, const char *end, int *quoted)
{
	*quoted = 0;
	str_begin();
	for (; p < end; p++) {
		if (strchr("'\"\\", *p))
			*quoted = 1;
		else
			str_put(*p);
	}
	return str_end();
}

/* Appends the lines up to the delimiter to the open string. */
static void append_body(const char *delim, int strip_tabs)
{
	for (;;) {
		size_t start = str_len();
		const char *match = delim;
		int c = next_char();

		if (c < 0)
			return;
		while (strip_tabs && c == '\t')
			c = next_char();
		for (; c >= 0 && c != '\n'; c = next_char()) {
			match = match && *match == c ? match + 1 : NULL;
			str_put((char)c);
		}
		if (match && !*match) {
			str_cut(start);
			return;
		}
		str_put('\n');
	}
}

/* The text with the here-document whose delimiter is at p moved into it. */
static char *insert_here_document(const char *text, const char *p)
{
	const char *end = word_end(p), *before = p;
	int quoted;
	char *delim;

	if (!end || end == p)
		syntax_error(p);
	delim = delimiter(p, end, &quoted);
	while (before[-1] == ' ' || before[-1] == '\t')
		before--;
	str_begin();
	while (text < p)
		str_put(*text++);
	str_put(HERE_MARK);
	str_put(quoted ? 'q' : 'e');
	append_body(delim, before[-1] == '-');
	str_put(HERE_MARK);
	str_puts(end);
	return str_end();
}

static int ends_continued(const char *text, size_t len)
{
	return len >= 2 && text[len - 1] == '\n' && text[len - 2] == '\\';
}

/* The next complete command; NULL at the end of input. */
static char *next_command(void)
{
	enum scan_result r;
	char *text;

	in->continued = 0;
	str_begin();
	while (append_line()) {
		const char *p;

		for (;;) {
			text = str_end();
			p = text;
			r = scan(&p, SCAN_ALL);
			if (r != SCAN_HEREDOC)
				break;
			text = insert_here_document(text, p);
			str_reopen(text, strlen(text));
		}
		if (r == SCAN_ERROR)
			syntax_error(p);
		if (r == SCAN_OK && !ends_continued(text, strlen(text)))
			return text;
		str_reopen(text, strlen(text));
	}
	if (str_len() == 0)
		return NULL;
	text = str_end();
	return text;
}

/* Whatever the failed command was at, the shell has its descriptors, its signals and its terminal as before. */
static void reset_after_error(char **args)
{
	redir_undo(0);
	fds_abandon();
	signal_restore(SIGPIPE);
	sh.args = args;
	sh.leave = LEAVE_NONE;
	sh.nesting = sh.loops = sh.tested = 0;
}

/* At the terminal an error ends the command, not the shell. */
static void run_interactively(void)
{
	char **args = sh.args;
	struct mem_mark mark = mem_mark();
	struct input *input = in;
	void *top[5]; /* for __builtin_setjmp */
	char *text;

	sh.top = top;
	if (__builtin_setjmp(top)) {
		in = input;
		in->at = in->len = 0;
		reset_after_error(args);
	}
	for (;;) {
		mem_release(mark);
		jobs_settle();
		text = next_command();
		if (!text)
			break;
		traps_run();
		sh.leave = LEAVE_NONE;
		run_text(text);
		sh.leave = LEAVE_NONE;
	}
	sh.top = NULL;
}

static void run_input(struct input *input)
{
	struct input *outer = in;
	char *text;

	in = input;
	for (;;) {
		struct mem_mark mark = mem_mark();

		text = next_command();
		if (text)
			run_text(text);
		mem_release(mark);
		in = input;
		if (!text || sh.leave)
			break;
	}
	in = outer;
}

void input_interactive(void)
{
	struct input input = {.terminal = 1};

	input.buf = mem_keep(LINE_MAX_INTERACTIVE + 1);
	in = &input;
	run_interactively();
}

void input_stdin(void)
{
	struct input input = {.fd = 0};

	run_input(&input);
}

int input_run_file(const char *path)
{
	struct input input = {.at = 0};
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int moved;

	if (fd < 0)
		return -msg_error(path);
	moved = fcntl(fd, F_DUPFD_CLOEXEC, 10);
	close(fd);
	input.fd = moved;
	input.buf = mem_alloc(FILE_BUFFER);
	run_input(&input);
	close(moved);
	if (sh.leave == LEAVE_RETURN)
		sh.leave = LEAVE_NONE;
	return 0;
}

/* Most texts are complete and can be run where they are. */
void input_run_text(const char *text)
{
	struct input input = {.text = text};
	const char *p = text;

	if (scan(&p, SCAN_ALL) == SCAN_OK)
		run_text(text);
	else
		run_input(&input);
}
