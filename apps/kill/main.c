/*
 * kill: sends signals.
 */
#include "killcmd.h"
#include "msg.h"

const char app_name[] = "kill";

int main(int argc, char **argv)
{
	(void)argc;
	return kill_main(argv);
}
