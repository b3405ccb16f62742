/*
 * Redirections: parsed and expanded before anything runs, then done in a vfork child, or in the shell itself with the old
 * descriptors kept aside above 9.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "msg.h"
#include "out.h"
#include "sh.h"

#define UNDO_MAX 12
#define SHELL_FD_MIN 10 /* descriptors of the shell's own begin here, but for those of pipes */
#define SHELL_FD_END 64 /* none is as high */

enum redir_op { REDIR_IN, REDIR_OUT, REDIR_APPEND, REDIR_BOTH, REDIR_DUP, REDIR_HERE };

static struct {
	struct {
		signed char fd, saved; /* saved < 0: fd was closed */
	} undo[UNDO_MAX];
	unsigned count;
} rd;

static enum redir_op redir_kind(const char *op)
{
	if (op[1] == '&')
		return REDIR_DUP;
	if (op[0] == '>')
		return op[1] == '>' ? REDIR_APPEND : REDIR_OUT;
	if (op[1] == '<')
		return REDIR_HERE;
	return op[1] == '>' ? REDIR_BOTH : REDIR_IN;
}

/* A here-document in the text: mark, q or e (quoted or to be expanded), the body, mark. */
static char *here_body(const char *p, const char *end)
{
	if (p[1] == 'q')
		return mem_range(p + 2, end - 1);
	return expand_string(p + 2, end - 1, EXPAND_HERE);
}

struct redir *redir_parse(const char **at)
{
	const char *p = *at, *op, *end;
	struct redir *r = mem_alloc(sizeof(*r));
	unsigned len = redir_length(p);

	op = p + (*p >= '0' && *p <= '9');
	r->op = redir_kind(op);
	r->fd = op > p ? *p - '0' : *op == '>';
	p = skip_blanks(p + len);
	end = word_end(p);
	if (!end || end == p)
		syntax_error(p);
	r->target = r->op == REDIR_HERE ? here_body(p, end) : expand_string(p, end, EXPAND_ONE);
	*at = end;
	return r;
}

/* A descriptor from which `text` can be read: a pipe if it fits in one for certain, else a file without a name. */
static int here_open(const char *text)
{
	char path[24] = "/tmp/sh.";
	size_t len = strlen(text);
	int fds[2], fd;

	if (len <= PIPE_BUF) {
		if (pipe(fds) < 0)
			return -1;
		write_all(fds[1], text, len);
		close(fds[1]);
		return fds[0];
	}
	strcpy(path + 8, number_text(getpid()));
	fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
	if (fd < 0)
		return -1;
	unlink(path);
	if (write_all(fd, text, len) < 0 || lseek(fd, 0, SEEK_SET) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int redir_open(const struct redir *r)
{
	static const int flags[] = {[REDIR_IN] = O_RDONLY,
		[REDIR_OUT] = O_WRONLY | O_CREAT | O_TRUNC,
		[REDIR_APPEND] = O_WRONLY | O_CREAT | O_APPEND,
		[REDIR_BOTH] = O_RDWR | O_CREAT};

	if (r->op == REDIR_HERE)
		return here_open(r->target);
	return open(r->target, flags[r->op], 0666);
}

/* <&n and >&n; n may be - to close. */
static int redir_dup(const struct redir *r)
{
	long n;

	if (strcmp(r->target, "-") == 0) {
		close(r->fd);
		return 0;
	}
	if (parse_number(r->target, &n) < 0 || n < 0) {
		errno = EBADF;
		return -1;
	}
	if (n == r->fd)
		return fcntl(r->fd, F_GETFD) < 0 ? -1 : 0;
	return dup2((int)n, r->fd) < 0 ? -1 : 0;
}

static int redir_one(const struct redir *r)
{
	int fd;

	if (r->op == REDIR_DUP)
		return redir_dup(r);
	fd = redir_open(r);
	if (fd < 0 || fd == r->fd)
		return fd;
	if (dup2(fd, r->fd) < 0)
		return -1;
	close(fd);
	return 0;
}

int redir_apply(const struct redir *r)
{
	for (; r; r = r->next) {
		if (redir_one(r) < 0) {
			msg_error(r->op == REDIR_HERE ? "here-document" : r->target);
			return -1;
		}
	}
	return 0;
}

static void redir_save(int fd)
{
	if (rd.count == UNDO_MAX)
		fatal(NULL, "too many redirections");
	rd.undo[rd.count].fd = (signed char)fd;
	rd.undo[rd.count++].saved = (signed char)fcntl(fd, F_DUPFD_CLOEXEC, SHELL_FD_MIN);
}

int redir_apply_saved(const struct redir *redirs)
{
	for (const struct redir *r = redirs; r; r = r->next)
		redir_save(r->fd);
	out_flush();
	return redir_apply(redirs);
}

void fds_abandon(void)
{
	for (int fd = 3; fd < SHELL_FD_END; fd++)
		if (fcntl(fd, F_GETFD))
			close(fd);
}

void redir_output(int fd)
{
	redir_save(1);
	dup2(fd, 1);
	close(fd);
}

unsigned redir_mark(void)
{
	return rd.count;
}

void redir_undo(unsigned mark)
{
	if (rd.count > mark)
		out_flush();
	while (rd.count > mark) {
		int fd = rd.undo[--rd.count].fd, saved = rd.undo[rd.count].saved;

		if (saved < 0) {
			close(fd);
			continue;
		}
		dup2(saved, fd);
		close(saved);
	}
}

void redir_keep(unsigned mark)
{
	while (rd.count > mark)
		if (rd.undo[--rd.count].saved >= 0)
			close(rd.undo[rd.count].saved);
}
