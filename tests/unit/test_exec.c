/*
 * execve: one commit point, arguments, scripts, and every way to fail.
 */
#include "world.h"

#include <proc/signal.h>
#include <string.h>

static struct process *parent;
static int argc;
static char **arguments, **environment;

/* A program that looks at its stack as crt0 does. */
static void read_stack(void)
{
	uintptr_t *sp = (uintptr_t *)thread_current()->frame->sp;

	assert_int_equal((uintptr_t)sp % 16, 0);
	argc = (int)sp[0];
	arguments = (char **)(sp + 1);
	environment = arguments + argc + 1;
	assert_null(arguments[argc]);
}

static void note_arguments(void)
{
	read_stack();
	for (int i = 0; i < argc; i++)
		klog_emergency("[%s]", arguments[i]);
	klog_emergency(" ");
	for (char **p = environment; *p; p++)
		klog_emergency("{%s}", *p);
}

static char *const *given_arguments, *const *given_environment;
static const char *given_path;
static long result;

static void exec_given(void)
{
	result = u_execve(given_path, given_arguments, given_environment);
	unit_note('f');
	u_exit(126);
}

/* Runs the path in a child; its wait status. */
static int run(const char *path, char *const *argv, char *const *envp)
{
	given_path = u_string(path);
	given_arguments = argv;
	given_environment = envp;
	result = 0;
	return u_reap(u_vfork(exec_given));
}

/* The error that exec of the path gives to a borrower, which then ends by itself. */
static long exec_error(const char *path)
{
	assert_int_equal(run(path, NULL, NULL), PROCESS_STATUS_EXIT(126));
	assert_string_equal(unit_notes(), "f");
	return result;
}

static void passes_arguments_and_environment(void)
{
	world_program("program", note_arguments);
	run("/program", u_vector("zero", "", "two words", NULL), u_vector("A=1", "B=", NULL));
	assert_string_equal(host_console(), "[zero][][two words] {A=1}{B=}");
}

static void null_vectors_are_empty(void)
{
	world_program("program", note_arguments);
	run("/program", NULL, NULL);
	assert_string_equal(host_console(), " ");
}

static void fresh_program_state(void)
{
	struct process *self = process_current();
	const struct space *space = self->space;
	const struct trapframe *frame = self->thread->frame;

	assert_ptr_not_equal(space, parent->space);
	assert_int_equal(space->refs, 1);
	assert_ptr_equal(self->thread->space, &space->arch);
	assert_ptr_equal(host_space(), &space->arch);
	assert_false(self->borrowing);
	assert_int_equal(frame->pc, space->text);
	assert_int_equal(frame->gp, space->data + BFLT_GP_OFFSET);
	assert_true(user_writable((void *)frame->sp, sizeof(uintptr_t)));
	assert_string_equal(self->name, "fourteen-chars.");
	unit_note('o');
	u_exit(5);
}

static void program_starts_in_a_space_of_its_own(void)
{
	parent = process_current();
	world_program("fourteen-chars.too-long", fresh_program_state);
	assert_int_equal(run("//fourteen-chars.too-long", NULL, NULL), PROCESS_STATUS_EXIT(5));
	assert_string_equal(unit_notes(), "o");
}

static int child_pid;

static void note_pid(void)
{
	unit_note(sys_getpid() == child_pid ? 'p' : '?');
	unit_note(sys_getppid() == 1 ? 'i' : '?');
}

static void exec_and_keep_pid(void)
{
	child_pid = (int)sys_getpid();
	exec_given();
}

static void pid_and_parent_are_kept(void)
{
	world_program("program", note_pid);
	given_path = u_string("/program");
	u_reap(u_vfork(exec_and_keep_pid));
	assert_string_equal(unit_notes(), "pi");
}

static void cmdline_region_holds_the_arguments(void)
{
	const struct space *space = process_current()->space;

	assert_int_equal(space->args_end - space->args, 10);
	assert_memory_equal((void *)space->args, "one\0three", 10);
	unit_note('c');
}

static void arguments_are_kept_for_ps(void)
{
	world_program("program", cmdline_region_holds_the_arguments);
	run("/program", u_vector("one", "three", NULL), u_vector("E=1", NULL));
	assert_string_equal(unit_notes(), "c");
}

static void missing_and_unsuitable_files(void)
{
	memfs_add("plain", "text", 4, MEMFS_PLAIN);
	memfs_add("garbage", "0123456789012345678901234567890123456789012345678901234567890123456789", 70, MEMFS_PROGRAM);
	memfs_add("short", "b", 1, MEMFS_PROGRAM);
	memfs_add("empty", "", 0, MEMFS_PROGRAM);
	memfs_add("loop", "loop", 5, MEMFS_LINK);
	memfs_add("dangling", "nowhere", 8, MEMFS_LINK);
	assert_int_equal(exec_error("/nothing"), -ENOENT);
	assert_int_equal(exec_error(""), -ENOENT);
	assert_int_equal(exec_error("/dangling"), -ENOENT);
	assert_int_equal(exec_error("/plain"), -EACCES);
	assert_int_equal(exec_error("/"), -EACCES);
	assert_int_equal(exec_error("/plain/below"), -ENOTDIR);
	assert_int_equal(exec_error("/loop"), -ELOOP);
	assert_int_equal(exec_error("/garbage"), -ENOEXEC);
	assert_int_equal(exec_error("/short"), -ENOEXEC);
	assert_int_equal(exec_error("/empty"), -ENOEXEC);
}

static void link_to_a_program_runs(void)
{
	world_program("program", note_arguments);
	memfs_add("link", "/program", 9, MEMFS_LINK);
	run("/link", u_vector("x", NULL), NULL);
	assert_string_equal(host_console(), "[x] ");
}

static void bad_vectors_are_efault(void)
{
	char **vector = u_vector("a", "b", NULL);
	uintptr_t end;

	world_program("program", note_arguments);
	run("/program", (char *const *)8, NULL);
	assert_int_equal(result, -EFAULT);
	run("/program", NULL, (char *const *)((char *)vector + 1)); /* not aligned */
	assert_int_equal(result, -EFAULT);
	vector[1] = (char *)&vector; /* not in the arena */
	run("/program", vector, NULL);
	assert_int_equal(result, -EFAULT);
	given_path = u_string("/program");
	end = (uintptr_t)u_alloc(16) + 16;
	memset((void *)(end - 16), 'x', 16);
	vector[1] = (char *)end - 3; /* no NUL before the end of the arena */
	given_arguments = vector;
	u_reap(u_vfork(exec_given));
	assert_int_equal(result, -EFAULT);
	*(char **)(end - 8) = (char *)vector;
	given_arguments = (char *const *)(end - 8); /* no NULL before the end */
	u_reap(u_vfork(exec_given));
	assert_int_equal(result, -EFAULT);
}

/* A vector of `count` strings of `length` bytes each. */
static char **large_vector(unsigned count, size_t length)
{
	char **vector = u_alloc((count + 1) * sizeof *vector), *text = u_alloc(length + 1);

	memset(text, 'x', length);
	text[length] = '\0';
	for (unsigned i = 0; i < count; i++)
		vector[i] = text;
	vector[count] = NULL;
	return vector;
}

static void arguments_up_to_the_limit_fit(void)
{
	size_t overhead = 3 * sizeof(uintptr_t) + sizeof(char *) + 1;

	world_program("program", note_pid);
	run("/program", large_vector(1, ABI_ARG_MAX - overhead), NULL);
	assert_int_equal(result, 0);
	run("/program", large_vector(1, ABI_ARG_MAX - overhead + 1), NULL);
	assert_int_equal(result, -E2BIG);
	run("/program", NULL, large_vector(1, ABI_ARG_MAX + 10));
	assert_int_equal(result, -E2BIG);
	run("/program", large_vector(100, 10), large_vector(200, 10));
	assert_int_equal(result, -E2BIG);
	run("/program", large_vector(1000, 0), NULL);
	assert_int_equal(result, -E2BIG);
}

static void remember_everything(struct process *copy, struct trapframe *frame)
{
	*copy = *process_current();
	*frame = *thread_current()->frame;
}

static void fail_and_compare(void)
{
	struct process before;
	struct trapframe frame;
	struct space space = *process_current()->space;
	const char *paths[] = {"/nothing", "/plain", "/garbage", "/busy", "/huge"};

	for (unsigned i = 0; i < 5; i++) {
		char *path = (char *)process_current()->space->data;

		strcpy(path, paths[i]);
		remember_everything(&before, &frame);
		assert_true(u_execve(path, NULL, NULL) < 0);
		assert_memory_equal(&before, process_current(), sizeof before);
		assert_memory_equal(&frame, thread_current()->frame, sizeof frame);
		assert_memory_equal(&space, process_current()->space, sizeof space);
		assert_true(process_current()->borrowing);
	}
	unit_note('k');
}

static void failed_exec_changes_nothing(void)
{
	struct memfs_file *busy;
	struct mem_stats before, after;

	memfs_add("plain", "text", 4, MEMFS_PLAIN);
	memfs_add("garbage", "x", 1, MEMFS_PROGRAM);
	busy = world_program("busy", note_pid);
	busy->direct = false;
	busy->busy = true;
	world_flat("huge", &(struct flat_recipe){.main = note_pid, .bss = 0xffffff});
	mem_get_stats(&before);
	u_reap(u_vfork(fail_and_compare));
	mem_get_stats(&after);
	assert_int_equal(before.used_blocks, after.used_blocks);
	assert_string_equal(unit_notes(), "k");
}

/* Fails the first allocation, the second and so on, until there are no more. */
static void sweep_child(void)
{
	struct mem_stats before, after;
	unsigned n = 0;

	do {
		mem_get_stats(&before);
		mem_fail_nth(++n);
		result = sys_execve(given_path, given_arguments, given_environment);
		mem_fail_nth(0);
		mem_get_stats(&after);
		if (result < 0) {
			assert_int_equal(result, -ENOMEM);
			assert_memory_equal(&before, &after, sizeof before);
			assert_true(process_current()->borrowing);
		}
	} while (result < 0);
	unit_note((char)('0' + n - 1));
}

static void each_failing_allocation_is_enomem_and_leaves_no_trace(void)
{
	world_program("loaded", note_pid)->direct = false;
	memfs_add("script", "#!/loaded\n", 10, MEMFS_PROGRAM);
	given_arguments = u_vector("a", NULL);
	given_environment = NULL;
	given_path = u_string("/script");
	u_reap(u_vfork(sweep_child));
	assert_string_equal(unit_notes(), "5"); /* line, space, arena, text, its bytes */
	given_path = u_string("/init");
	u_reap(u_vfork(sweep_child));
	assert_string_equal(unit_notes(), "2");
}

static void script(const char *text, const char *expected)
{
	size_t before = strlen(host_console());
	struct memfs_file *file = memfs_add("script", text, strlen(text), MEMFS_PROGRAM);

	run("/script", u_vector("zero", "one", NULL), NULL);
	assert_string_equal(host_console() + before, expected);
	file->name = "old";
}

static void script_runs_its_interpreter(void)
{
	world_program("sh", note_arguments);
	script("#!/sh\necho", "[/sh][/script][one] ");
	script("#!/sh", "[/sh][/script][one] ");
	script("#! /sh  -x \t y  \r\n", "[/sh][-x \t y][/script][one] ");
	script("#!/sh\t-e\n", "[/sh][-e][/script][one] ");
}

static void script_without_arguments_gets_its_path(void)
{
	world_program("sh", note_arguments);
	memfs_add("script", "#!/sh\n", 6, MEMFS_PROGRAM);
	run("/script", NULL, NULL);
	assert_string_equal(host_console(), "[/sh][/script] ");
}

static long script_error(const char *text)
{
	struct memfs_file *file = memfs_add("script", text, strlen(text), MEMFS_PROGRAM);
	long error = exec_error("/script");

	file->name = "old";
	return error;
}

static void bad_scripts_are_refused(void)
{
	static char line[300];

	memfs_add("plain", "text", 4, MEMFS_PLAIN);
	memset(line, 'x', sizeof line - 1);
	memcpy(line, "#!/", 3);
	assert_int_equal(script_error("#!\n"), -ENOEXEC);
	assert_int_equal(script_error("#!"), -ENOEXEC);
	assert_int_equal(script_error("#!   \n/sh"), -ENOEXEC);
	assert_int_equal(script_error(line), -ENOEXEC);
	assert_int_equal(script_error("#!/nothing\n"), -ENOENT);
	assert_int_equal(script_error("#!/plain\n"), -EACCES);
	assert_int_equal(script_error("#!/\n"), -EACCES);
	assert_int_equal(script_error("#!/script\n"), -ENOEXEC);
}

static void pending_kill(void)
{
	unit_note('!');
}

static void kill_then_exec(void)
{
	signal_send(process_current(), ABI_SIGKILL);
	exec_given();
}

static void signal_that_waits_survives_exec(void)
{
	world_program("program", pending_kill);
	given_path = u_string("/program");
	given_arguments = given_environment = NULL;
	assert_int_equal(u_reap(u_vfork(kill_then_exec)), ABI_SIGKILL);
	assert_string_equal(unit_notes(), "");
}

static void ignores_term(void)
{
	unit_note(process_current()->signals.ignored == 1u << ABI_SIGTERM ? 'i' : '?');
	unit_note(process_current()->umask == 027 ? 'u' : '?');
}

static void ignored_signals_and_umask_stay(void)
{
	world_program("program", ignores_term);
	u_action(ABI_SIGTERM, ABI_SIG_IGN, 0);
	u_call(15, (uintptr_t)027);
	run("/program", NULL, NULL);
	assert_string_equal(unit_notes(), "iu");
}

static void exec_itself_again(void)
{
	static int rounds;

	if (++rounds < 5)
		u_execve(u_string("/program"), NULL, NULL);
	unit_note((char)('0' + rounds));
}

static void program_may_replace_itself(void)
{
	world_program("program", exec_itself_again);
	run("/program", NULL, NULL);
	assert_string_equal(unit_notes(), "5");
}

static const struct CMUnitTest tests[] = {
	WORLD(exec, passes_arguments_and_environment),
	WORLD(exec, null_vectors_are_empty),
	WORLD(exec, program_starts_in_a_space_of_its_own),
	WORLD(exec, pid_and_parent_are_kept),
	WORLD(exec, arguments_are_kept_for_ps),
	WORLD(exec, missing_and_unsuitable_files),
	WORLD(exec, link_to_a_program_runs),
	WORLD(exec, bad_vectors_are_efault),
	WORLD(exec, arguments_up_to_the_limit_fit),
	WORLD(exec, failed_exec_changes_nothing),
	WORLD(exec, each_failing_allocation_is_enomem_and_leaves_no_trace),
	WORLD(exec, script_runs_its_interpreter),
	WORLD(exec, script_without_arguments_gets_its_path),
	WORLD(exec, bad_scripts_are_refused),
	WORLD(exec, signal_that_waits_survives_exec),
	WORLD(exec, ignored_signals_and_umask_stay),
	WORLD(exec, program_may_replace_itself),
};
UNIT_MAIN(exec, tests)
