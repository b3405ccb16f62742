/*
 * free: how much memory is in use, in bytes.
 */
#include "file.h"
#include "msg.h"
#include "opt.h"
#include "out.h"
#include "proc.h"

const char app_name[] = "free";
const char app_usage[] = "";

static void print(const char *name, unsigned long n)
{
	out_str_left(name, 12);
	out_num_right(n, 10);
	out_char('\n');
}

int main(int argc, char **argv)
{
	char text[256];
	struct opt o;

	(void)argc;
	opt_init(&o, argv);
	if (opt_next(&o, "") != 0 || *o.argv)
		return usage();
	if (read_file("/proc/meminfo", text, sizeof(text)) < 0)
		return msg_error("/proc/meminfo");
	print("total", proc_field(text, "MemTotal"));
	print("used", proc_field(text, "MemTotal") - proc_field(text, "MemFree"));
	print("free", proc_field(text, "MemFree"));
	print("largest", proc_field(text, "LargestFree"));
	print("fragments", proc_field(text, "Fragments"));
	print("kernel text", proc_field(text, "KernelText"));
	print("kernel data", proc_field(text, "KernelData"));
	return out_end(0);
}
