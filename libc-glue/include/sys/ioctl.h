/* Control of devices: terminal requests, with Linux's numbers. */
#pragma once

#include <sys/types.h>

#define TCGETS 0x5401
#define TCSETS 0x5402
#define TCSETSW 0x5403
#define TCSETSF 0x5404
#define TCSBRK 0x5409
#define TCXONC 0x540a
#define TCFLSH 0x540b
#define TIOCSCTTY 0x540e
#define TIOCGPGRP 0x540f
#define TIOCSPGRP 0x5410
#define TIOCGWINSZ 0x5413
#define TIOCSWINSZ 0x5414
#define FIONREAD 0x541b
#define TIOCNOTTY 0x5422
#define TIOCGSID 0x5429
#define TIOCGPTN 0x80045430u
#define TIOCSPTLCK 0x40045431u

struct winsize {
	unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel;
};

#ifdef __cplusplus
extern "C" {
#endif

/* >= 0, or -1 with EBADF, ENOTTY (not a request of this device), EINVAL or EFAULT. */
int ioctl(int fd, unsigned long request, ...);

#ifdef __cplusplus
}
#endif
