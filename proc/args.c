/*
 * Arguments and environment of a new program, copied straight from the caller's memory into the new stack:
 *
 *   sp -> argc | argv[0] ... NULL | envp[0] ... NULL | strings ... | stack top
 */
#include "internal.h"

#include <kernel/mem.h>
#include <kernel/string.h>

static int string_measure(struct args *args, const char *string, bool trusted)
{
	long length = trusted ? (long)strlen(string) : user_string(string, ABI_ARG_MAX);

	if (length < 0)
		return length == -ENAMETOOLONG ? -E2BIG : (int)length;
	args->bytes += (size_t)length + 1 + sizeof(char *);
	return args->bytes > ABI_ARG_MAX ? -E2BIG : 0;
}

static int vector_measure(struct args *args, char *const *vector, unsigned *count)
{
	for (; vector; vector++, ++*count) {
		int error;

		if (!args->trusted && (((uintptr_t)vector & (sizeof *vector - 1)) || !user_readable(vector, sizeof *vector)))
			return -EFAULT;
		if (!*vector)
			break;
		error = string_measure(args, *vector, args->trusted);
		if (error < 0)
			return error;
	}
	return 0;
}

int args_measure(struct args *args)
{
	int error;

	args->argc = args->envc = 0;
	args->bytes = 3 * sizeof(uintptr_t);
	error = vector_measure(args, args->argv, &args->argc);
	if (error == 0)
		error = vector_measure(args, args->envp, &args->envc);
	for (unsigned i = 0; error == 0 && i < args->prefixes; i++)
		error = string_measure(args, args->prefix[i], true);
	return error;
}

/* Where the next pointer and the next string go. */
struct cursor {
	char **slot, *text;
};

static void string_write(struct cursor *at, const char *from)
{
	*at->slot++ = at->text;
	while ((*at->text++ = *from++) != '\0')
		;
}

/* argc, argv, envp and the strings below `top`. The strings of argv lie in [*start, *end). */
static uintptr_t vectors_write(const struct args *args, uintptr_t top, uintptr_t *start, uintptr_t *end)
{
	unsigned skip = args->skip_first && args->argc ? 1 : 0;
	unsigned count = args->prefixes + args->argc - skip;
	uintptr_t sp = (top - args->bytes) & ~(uintptr_t)15;
	char **first = (char **)(sp + sizeof(uintptr_t));
	struct cursor at = {first, (char *)(first + count + 1 + args->envc + 1)};

	*(uintptr_t *)sp = count;
	*start = (uintptr_t)at.text;
	for (unsigned i = 0; i < args->prefixes; i++)
		string_write(&at, args->prefix[i]);
	for (unsigned i = skip; i < args->argc; i++)
		string_write(&at, args->argv[i]);
	*end = (uintptr_t)at.text;
	*at.slot++ = NULL;
	for (unsigned i = 0; i < args->envc; i++)
		string_write(&at, args->envp[i]);
	*at.slot = NULL;
	return sp;
}

uintptr_t args_write(const struct args *args, struct space *space, uintptr_t top)
{
	return vectors_write(args, top, &space->args, &space->args_end);
}

int args_copy(struct args *args, void **block)
{
	uintptr_t sp, start, end;
	int error = args_measure(args);

	if (error < 0)
		return error;
	*block = mem_alloc(args->bytes + 16);
	if (!*block)
		return -ENOMEM;
	sp = vectors_write(args, (uintptr_t)*block + args->bytes + 15, &start, &end);
	args->argv = args->argv ? (char *const *)(sp + sizeof(uintptr_t)) : NULL;
	args->envp = args->envp ? (char *const *)(sp + sizeof(uintptr_t)) + args->argc + 1 : NULL;
	args->trusted = true;
	return 0;
}
