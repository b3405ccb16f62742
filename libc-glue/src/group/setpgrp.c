#include <unistd.h>

int setpgrp(void)
{
	setpgid(0, 0);
	return getpgrp();
}
