/* Files and directories: written, listed, renamed and removed in /tmp. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

static char folder[] = "/tmp/files-XXXXXX";

static void check_stream(void)
{
	char line[32];
	FILE *file = fopen("text", "w");

	CHECK(file != NULL);
	if (!file)
		return;
	fprintf(file, "first\nsecond %d\n", 2);
	CHECK(fclose(file) == 0);

	file = fopen("text", "r+");
	CHECK(file != NULL && fgets(line, sizeof line, file) && strcmp(line, "first\n") == 0);
	CHECK(fseek(file, 0, SEEK_END) == 0 && ftell(file) == 15);
	CHECK(fclose(file) == 0);
}

static void check_descriptor(void)
{
	struct stat st;
	int fd = open("text", O_RDWR);

	CHECK(fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == 15);
	CHECK(ftruncate(fd, 6) == 0 && lseek(fd, 0, SEEK_END) == 6);
	CHECK(fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC);
	CHECK(close(fd) == 0 && close(fd) == -1 && errno == EBADF);
}

static int count_entries(void)
{
	DIR *dir = opendir(".");
	int count = 0;

	CHECK(dir != NULL);
	if (!dir)
		return 0;
	for (struct dirent *entry; (entry = readdir(dir));)
		count += entry->d_name[0] != '.';
	CHECK(closedir(dir) == 0);
	return count;
}

static void check_directory(void)
{
	char path[PATH_MAX];

	CHECK(mkdir("sub", 0755) == 0 && mkdir("sub", 0755) == -1 && errno == EEXIST);
	CHECK(count_entries() == 2);
	CHECK(rename("text", "sub/moved") == 0 && access("text", F_OK) == -1 && errno == ENOENT);
	CHECK(chdir("sub") == 0 && getcwd(path, sizeof path) && strcmp(path + strlen(folder), "/sub") == 0);
	CHECK(realpath("../sub/./moved", path) && strcmp(path + strlen(folder), "/sub/moved") == 0);
	CHECK(remove("moved") == 0 && chdir("..") == 0 && remove("sub") == 0);
	CHECK(count_entries() == 0);
}

int main(void)
{
	/* One name for the folder: mkdtemp is not everywhere. */
	sprintf(folder + strlen(folder) - 6, "%d", (int)getpid() % 100000);
	CHECK(mkdir(folder, 0700) == 0 && chdir(folder) == 0);
	check_stream();
	check_descriptor();
	check_directory();
	CHECK(chdir("/") == 0 && rmdir(folder) == 0);
	puts("files ok");
	return failures != 0;
}
