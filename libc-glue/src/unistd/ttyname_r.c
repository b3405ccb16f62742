/* The name of a terminal: the character device of /dev with the same number. */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "/dev/"

static int is_device(const char *path, dev_t device)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == device;
}

static int find(DIR *dir, dev_t device, char *name, size_t size)
{
	const struct dirent *entry;

	while ((entry = readdir(dir))) {
		if (sizeof PREFIX + strlen(entry->d_name) > size)
			continue;
		strcpy(name, PREFIX);
		strcat(name, entry->d_name);
		if (is_device(name, device))
			return 0;
	}
	return ENODEV;
}

int ttyname_r(int fd, char *name, size_t size)
{
	struct stat st;

	if (!isatty(fd) || fstat(fd, &st) != 0)
		return errno;
	if (size < sizeof PREFIX)
		return ERANGE;
	DIR *dir = opendir(PREFIX);
	if (!dir)
		return errno;
	int error = find(dir, st.st_rdev, name, size);
	closedir(dir);
	return error;
}
