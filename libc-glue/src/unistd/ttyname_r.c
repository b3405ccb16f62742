/* The name of a terminal: the character device of /dev or /dev/pts with the same number. */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_device(const char *path, dev_t device)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISCHR(st.st_mode) && st.st_rdev == device;
}

static int find(DIR *dir, const char *folder, dev_t device, char *name, size_t size)
{
	const struct dirent *entry;

	while ((entry = readdir(dir))) {
		if (strlen(folder) + strlen(entry->d_name) >= size)
			continue;
		strcpy(name, folder);
		strcat(name, entry->d_name);
		if (is_device(name, device))
			return 0;
	}
	return ENODEV;
}

static int find_in(const char *folder, dev_t device, char *name, size_t size)
{
	DIR *dir = opendir(folder);
	int error;

	if (!dir)
		return errno;
	error = find(dir, folder, device, name, size);
	closedir(dir);
	return error;
}

int ttyname_r(int fd, char *name, size_t size)
{
	struct stat st;
	int error;

	if (!isatty(fd) || fstat(fd, &st) != 0)
		return errno;
	if (size < sizeof "/dev/tty")
		return ERANGE;
	error = find_in("/dev/", st.st_rdev, name, size);
	return error == ENODEV ? find_in("/dev/pts/", st.st_rdev, name, size) : error;
}
