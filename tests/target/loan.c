/*
 * The loan: what a borrower does to its lender's memory, and what it cannot touch.
 */
#include "harness.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEPTH 5

static volatile int data_word = 1;
static volatile int bss_word;

static int the_child_runs_before_its_parent(void)
{
	volatile int count = 0, child = 0, parent;
	pid_t pid = vfork();

	if (pid == 0) {
		child = ++count;
		_exit(0);
	}
	parent = ++count;
	CHECK_EQUAL(child, 1);
	CHECK_EQUAL(parent, 2);
	CHECK_EQUAL(target_wait(pid), 0);
	return 0;
}

static int changes_of_the_child_are_seen_by_the_parent(void)
{
	volatile int local = 1;
	volatile int *heap = malloc(sizeof *heap);
	pid_t pid;

	CHECK(heap);
	*heap = 1;
	pid = vfork();
	if (pid == 0) {
		data_word = bss_word = local = *heap = 42;
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(data_word, 42);
	CHECK_EQUAL(bss_word, 42);
	CHECK_EQUAL(local, 42);
	CHECK_EQUAL(*heap, 42);
	free((void *)heap);
	return 0;
}

/*
 * vfork with marks in every register that a call keeps; the child spoils them all and ends. 0 in *changed when the
 * parent's are as they were.
 */
static long vfork_with_marks(unsigned long *changed)
{
	register long result __asm__("a0");
	register unsigned long difference __asm__("a1");

	__asm__ volatile("mv s1, sp\n mv s2, gp\n mv s3, tp\n mv s4, ra\n"
			 "li s5, 55\n li s6, 66\n li s7, 77\n li s8, 88\n li s9, 99\n li s10, 1010\n li s11, 1111\n"
			 "li a7, 1\n ecall\n bnez a0, 1f\n"
			 "addi sp, sp, -64\n li gp, 0\n li tp, 1\n li ra, 2\n li s0, 3\n"
			 "li s1, 0\n li s2, 1\n li s3, 0\n li s4, 0\n li s5, 0\n li s6, 0\n li s7, 0\n li s8, 0\n"
			 "li s9, 0\n li s10, 0\n li s11, 0\n li a0, 9\n li a7, 0\n ecall\n"
			 "1: xor a1, s1, sp\n xor t0, s2, gp\n or a1, a1, t0\n xor t0, s3, tp\n or a1, a1, t0\n"
			 "xor t0, s4, ra\n or a1, a1, t0\n"
			 "addi t0, s5, -55\n or a1, a1, t0\n addi t0, s6, -66\n or a1, a1, t0\n"
			 "addi t0, s7, -77\n or a1, a1, t0\n addi t0, s8, -88\n or a1, a1, t0\n"
			 "addi t0, s9, -99\n or a1, a1, t0\n addi t0, s10, -1010\n or a1, a1, t0\n"
			 "addi t0, s11, -1111\n or a1, a1, t0\n"
			 : "=r"(result), "=r"(difference)
			 :
			 : "a2", "a3", "a4", "a5", "a6", "a7", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "s1", "s2", "s3",
			   "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "memory");
	*changed = difference;
	return result;
}

static int registers_of_the_parent_stay(void)
{
	unsigned long changed;
	pid_t pid = (pid_t)vfork_with_marks(&changed);

	CHECK(pid > 0);
	CHECK_EQUAL(changed, 0);
	CHECK_EQUAL(WEXITSTATUS(target_wait(pid)), 9);
	return 0;
}

static int sbrk_of_the_child_is_the_parents(void)
{
	char *volatile taken = NULL, *before = sbrk(0);
	pid_t pid = vfork();

	if (pid == 0) {
		taken = sbrk(4096);
		taken[0] = taken[4095] = 'x';
		_exit(0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK(taken == before);
	CHECK((char *)sbrk(0) == before + 4096);
	CHECK(before[0] == 'x' && before[4095] == 'x');
	CHECK(sbrk(-4096) != (void *)-1);
	return 0;
}

/* Each level lends to the next and counts the levels below it. */
static int nest(int depth, volatile int *reached)
{
	int status;
	pid_t pid;

	*reached = depth;
	if (depth == DEPTH)
		return 0;
	pid = vfork();
	if (pid == 0)
		_exit(nest(depth + 1, reached));
	status = target_wait(pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) + 1 : 100;
}

static int loans_nest_five_deep(void)
{
	volatile int reached = 0;

	CHECK_EQUAL(nest(0, &reached), DEPTH);
	CHECK_EQUAL(reached, DEPTH);
	return 0;
}

static int a_fault_of_the_borrower_releases_the_lender(void)
{
	volatile int *volatile nowhere = NULL;
	volatile int reached = 0;
	int status;
	pid_t pid = vfork();

	if (pid == 0) {
		reached = 1;
		*nowhere = 0;
		reached = 2;
		_exit(0);
	}
	CHECK_EQUAL(reached, 1);
	status = target_wait(pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQUAL(WTERMSIG(status), SIGSEGV);
	return 0;
}

static int exec_may_fail_often_before_it_succeeds(void)
{
	static char big[5000];
	static const char *const paths[] = {"/bin/none", "/etc/motd", "/etc/motd/x", "/bin", "/bin/true"};
	char *const nothing[] = {"true", NULL}, *const too_much[] = {"true", big, NULL};
	volatile int errors[6] = {0};
	pid_t pid;

	memset(big, 'a', sizeof big - 1);
	pid = vfork();
	if (pid == 0) {
		for (int i = 0; i < 5; i++) {
			execv(paths[i], i == 4 ? too_much : nothing);
			errors[i] = errno;
		}
		execv("/bin/true", nothing);
		errors[5] = errno;
		_exit(127);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(errors[0], ENOENT);
	CHECK_EQUAL(errors[1], EACCES);
	CHECK_EQUAL(errors[2], ENOTDIR);
	CHECK_EQUAL(errors[3], EACCES);
	CHECK_EQUAL(errors[4], E2BIG);
	CHECK_EQUAL(errors[5], 0);
	return 0;
}

static int descriptors_directory_and_mask_are_the_childs_own(void)
{
	char cwd[64];
	mode_t mask = umask(022);
	int before = target_descriptor_count();
	pid_t pid = vfork();

	if (pid == 0) {
		umask(0777);
		_exit(chdir("/tmp") || close(0) || open("/dev/null", O_RDWR) < 0 || dup(1) < 0);
	}
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(umask(mask), 022);
	CHECK(getcwd(cwd, sizeof cwd) && strcmp(cwd, "/") == 0);
	CHECK_EQUAL(target_descriptor_count(), before);
	return 0;
}

static int open_files_share_their_offset(void)
{
	int fd = open("/etc/motd", O_RDONLY);
	pid_t pid;

	CHECK(fd >= 0);
	pid = vfork();
	if (pid == 0)
		_exit(lseek(fd, 10, SEEK_SET) != 10);
	CHECK_EQUAL(target_wait(pid), 0);
	CHECK_EQUAL(lseek(fd, 0, SEEK_CUR), 10);
	close(fd);
	return 0;
}

TARGET_CASES(loan, CASE(the_child_runs_before_its_parent), CASE(changes_of_the_child_are_seen_by_the_parent),
	     CASE(registers_of_the_parent_stay), CASE(sbrk_of_the_child_is_the_parents), CASE(loans_nest_five_deep),
	     CASE(a_fault_of_the_borrower_releases_the_lender), CASE(exec_may_fail_often_before_it_succeeds),
	     CASE(descriptors_directory_and_mask_are_the_childs_own), CASE(open_files_share_their_offset))
