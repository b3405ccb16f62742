/*
 * The usage of a program, apart from msg.c for programs without options.
 */
#include "msg.h"

int usage(void)
{
	msg_put("usage: ");
	msg_put(app_name);
	msg_put(" ");
	msg_put(app_usage);
	msg_put("\n");
	return 2;
}
