/* The end of the machine. */
#pragma once

#define RB_POWER_OFF 0
#define RB_AUTOBOOT 1

/* Ends (RB_POWER_OFF) or restarts the machine; `code` reaches an emulator as its exit code. Returns -1 with EINVAL. */
int reboot(int how, int code);
