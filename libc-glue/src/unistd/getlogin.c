#include <pwd.h>
#include <unistd.h>

char *getlogin(void)
{
	const struct passwd *user = getpwuid(getuid());

	return user ? user->pw_name : NULL;
}
