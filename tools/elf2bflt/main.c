/*
 * The command: options, reading a file whole, and putting the result in place only when it is complete.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "elf2bflt.h"

#define STATUS_USAGE 2
#define INPUT_MAX (256l << 20)

enum verb { VERB_CONVERT, VERB_DUMP, VERB_SIZE };

struct command {
	enum verb verb;
	struct flat_options options;
	const char *input, *output;
};

static const char usage_text[] = "usage: elf2bflt [-s STACK] [-H HEAP] [--ram] [-o OUT] IN.elf\n"
				 "       elf2bflt --dump FILE\n"
				 "       elf2bflt --size FILE\n"
				 "       elf2bflt --help\n";

static const char help_text[] =
	"\nTurns a RISC-V ELF, linked with kept relocations, into a flat binary that is executed in place.\n"
	"\n"
	"  -s STACK  size of the stack in bytes, or with K in KiB (default: 2K for 32 bits, 4K for 64)\n"
	"  -H HEAP   heap that each process is given at its start, in the same way (default: 0)\n"
	"  --ram     make a RAM image, copied and relocated whole by each exec\n"
	"  -o OUT    the flat binary (default: IN without .elf, else IN.bflt)\n"
	"  --dump    print header, sizes and relocations of a flat binary\n"
	"  --size    print what is shared, and what one running process costs\n";

static void usage(void)
{
	fputs(usage_text, stderr);
	exit(STATUS_USAGE);
}

static int fail(const char *file, const char *message)
{
	fprintf(stderr, "elf2bflt: %s: %s\n", file, message);
	return -1;
}

static uint32_t parse_size(const char *text)
{
	char *end;
	unsigned long value;

	errno = 0;
	value = strtoul(text, &end, 0);
	if (end == text || text[0] == '-' || errno != 0 || value > FLAT_STACK_MAX)
		usage();
	if (*end == 'K' || *end == 'k') {
		value *= 1024;
		end++;
	}
	if (*end != '\0' || value == 0 || value > FLAT_STACK_MAX)
		usage();
	return (uint32_t)value;
}

static void set_verb(struct command *command, enum verb verb)
{
	if (command->verb != VERB_CONVERT)
		usage();
	command->verb = verb;
}

static void parse_option(struct command *command, int option)
{
	switch (option) {
	case 's':
		command->options.stack_size = parse_size(optarg);
		break;
	case 'H':
		command->options.heap_size = parse_size(optarg);
		break;
	case 'o':
		command->output = optarg;
		break;
	case 'r':
		command->options.ram = true;
		break;
	case 'd':
		set_verb(command, VERB_DUMP);
		break;
	case 'z':
		set_verb(command, VERB_SIZE);
		break;
	case 'h':
		printf("%s%s", usage_text, help_text);
		exit(0);
	default:
		usage();
	}
}

static void parse_command(struct command *command, int argc, char **argv)
{
	static const struct option options[] = {{"ram", no_argument, NULL, 'r'}, {"dump", no_argument, NULL, 'd'},
		{"size", no_argument, NULL, 'z'}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
	int option;

	opterr = 0;
	while ((option = getopt_long(argc, argv, "s:H:o:h", options, NULL)) != -1)
		parse_option(command, option);
	if (optind != argc - 1)
		usage();
	if (command->verb != VERB_CONVERT &&
		(command->output != NULL || command->options.ram || command->options.stack_size != 0 || command->options.heap_size != 0))
		usage();
	command->input = argv[optind];
}

static long size_of_stream(FILE *stream)
{
	struct stat status;

	if (fstat(fileno(stream), &status) != 0)
		return -1;
	if (!S_ISREG(status.st_mode) || status.st_size > INPUT_MAX) {
		errno = S_ISREG(status.st_mode) ? EFBIG : EINVAL;
		return -1;
	}
	return status.st_size;
}

/* Reads a file whole; free(file->bytes). */
static int read_file(const char *name, struct flat_file *file)
{
	FILE *stream = fopen(name, "rb");
	long size = stream != NULL ? size_of_stream(stream) : -1;
	int result = -1;

	if (size >= 0) {
		file->size = (size_t)size;
		file->bytes = malloc(file->size + 1);
		if (file->bytes != NULL && fread(file->bytes, 1, file->size, stream) == file->size)
			result = 0;
	}
	if (result != 0)
		fail(name, errno != 0 ? strerror(errno) : "file changed while it was read");
	if (stream != NULL)
		fclose(stream);
	return result;
}

static int write_all(int fd, const struct flat_file *file)
{
	size_t done = 0;

	while (done < file->size) {
		ssize_t n = write(fd, file->bytes + done, file->size - done);

		if (n < 0)
			return -1;
		done += (size_t)n;
	}
	return 0;
}

static mode_t executable_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0777 & ~mask;
}

static int fill_temporary(int fd, const char *temporary, const char *name, const struct flat_file *file)
{
	int result = write_all(fd, file) == 0 && fchmod(fd, executable_mode()) == 0 ? 0 : -1;

	if (close(fd) != 0 || result != 0 || rename(temporary, name) != 0) {
		fail(name, strerror(errno));
		unlink(temporary);
		return -1;
	}
	return 0;
}

/* Writes beside `name` and renames, so that no half file is ever seen. */
static int write_file(const char *name, const struct flat_file *file)
{
	char *temporary;
	int fd, result;

	if (asprintf(&temporary, "%s.XXXXXX", name) < 0)
		return fail(name, "out of memory");
	fd = mkstemp(temporary);
	result = fd >= 0 ? fill_temporary(fd, temporary, name, file) : fail(name, strerror(errno));
	free(temporary);
	return result;
}

static char *default_output(const char *input)
{
	size_t length = strlen(input);
	char *name;

	if (length > 4 && strcmp(input + length - 4, ".elf") == 0)
		return strndup(input, length - 4);
	return asprintf(&name, "%s.bflt", input) < 0 ? NULL : name;
}

static int convert(const struct command *command, const struct flat_file *elf)
{
	struct flat_error error;
	struct flat_file flat;
	char *output;
	int result;

	if (flat_convert(elf->bytes, elf->size, &command->options, &flat, &error) != 0)
		return fail(command->input, error.line);
	output = command->output != NULL ? strdup(command->output) : default_output(command->input);
	result = output != NULL ? write_file(output, &flat) : fail(command->input, "out of memory");
	free(output);
	free(flat.bytes);
	return result;
}

static int report(const struct command *command, const struct flat_file *file)
{
	struct flat_error error;
	int result = command->verb == VERB_DUMP ? flat_dump(file->bytes, file->size, stdout, &error)
						: flat_print_size(file->bytes, file->size, stdout, &error);

	if (result != 0)
		return fail(command->input, error.line);
	return fflush(stdout) == 0 ? 0 : fail("standard output", strerror(errno));
}

int main(int argc, char **argv)
{
	struct command command = {.verb = VERB_CONVERT};
	struct flat_file file = {NULL, 0};
	int result;

	parse_command(&command, argc, argv);
	result = read_file(command.input, &file);
	if (result == 0)
		result = command.verb == VERB_CONVERT ? convert(&command, &file) : report(&command, &file);
	free(file.bytes);
	return result == 0 ? 0 : 1;
}
