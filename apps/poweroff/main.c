/*
 * poweroff: ends the machine, with an exit code for the emulator if one is given.
 */
#include <sys/reboot.h>

#include "msg.h"
#include "num.h"
#include "opt.h"

const char app_name[] = "poweroff";
const char app_usage[] = "[STATUS]";

int main(int argc, char **argv)
{
	unsigned long status = 0;
	struct opt o;

	opt_init(&o, argv);
	if (opt_next(&o, "") != 0 || argc > 2 || (*o.argv && num_parse(*o.argv, &status) < 0) || status > 255)
		return usage();
	reboot(RB_POWER_OFF, (int)status);
	return msg_error("reboot");
}
