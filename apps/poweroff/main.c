/*
 * poweroff: ends the machine, with an exit code for the emulator if one is given, or starts it again.
 */
#include <sys/reboot.h>

#include "msg.h"
#include "num.h"
#include "opt.h"

const char app_name[] = "poweroff";
const char app_usage[] = "[-r | STATUS]";

int main(int argc, char **argv)
{
	unsigned long status = 0;
	struct opt o;
	int option, how = RB_POWER_OFF;

	opt_init(&o, argv);
	while ((option = opt_next(&o, "r")) != 0) {
		if (option != 'r')
			return usage();
		how = RB_AUTOBOOT;
	}
	if (argc > 2 || (*o.argv && num_parse(*o.argv, &status) < 0) || status > 255)
		return usage();
	reboot(how, (int)status);
	return msg_error("reboot");
}
