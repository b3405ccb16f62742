/* Terminals: POSIX <termios.h>, with Linux's values; console(4) tells what each does. Bits that no driver here acts on are kept for the programs. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

#define NCCS 16

typedef uint32_t tcflag_t;
typedef uint32_t speed_t;
typedef uint8_t cc_t;

struct termios {
	tcflag_t c_iflag, c_oflag, c_cflag, c_lflag;
	cc_t c_cc[NCCS];
};

/* c_iflag */
#define IGNBRK 0000001
#define BRKINT 0000002
#define IGNPAR 0000004
#define PARMRK 0000010
#define INPCK 0000020
#define ISTRIP 0000040
#define INLCR 0000100
#define IGNCR 0000200
#define ICRNL 0000400
#define IXON 0002000
#define IXANY 0004000
#define IXOFF 0010000
#define IUTF8 0040000

/* c_oflag */
#define OPOST 0000001
#define ONLCR 0000004
#define OCRNL 0000010
#define ONOCR 0000020
#define ONLRET 0000040
#define OFILL 0000100
#define OFDEL 0000200
#define NLDLY 0000400
#define NL0 0000000
#define NL1 0000400
#define CRDLY 0003000
#define CR0 0000000
#define CR1 0001000
#define CR2 0002000
#define CR3 0003000
#define TABDLY 0014000
#define TAB0 0000000
#define TAB1 0004000
#define TAB2 0010000
#define TAB3 0014000
#define BSDLY 0020000
#define BS0 0000000
#define BS1 0020000
#define VTDLY 0040000
#define VT0 0000000
#define VT1 0040000
#define FFDLY 0100000
#define FF0 0000000
#define FF1 0100000

/* c_cflag */
#define CSIZE 0000060
#define CS5 0000000
#define CS6 0000020
#define CS7 0000040
#define CS8 0000060
#define CSTOPB 0000100
#define CREAD 0000200
#define PARENB 0000400
#define PARODD 0001000
#define HUPCL 0002000
#define CLOCAL 0004000
#define CBAUD 0010017

/* c_lflag */
#define ISIG 0000001
#define ICANON 0000002
#define ECHO 0000010
#define ECHOE 0000020
#define ECHOK 0000040
#define ECHONL 0000100
#define NOFLSH 0000200
#define TOSTOP 0000400
#define IEXTEN 0100000

/* c_cc */
#define VINTR 0
#define VQUIT 1
#define VERASE 2
#define VKILL 3
#define VEOF 4
#define VTIME 5
#define VMIN 6
#define VSTART 8
#define VSTOP 9
#define VSUSP 10
#define VEOL 11
#define _POSIX_VDISABLE '\0'

#define TCSANOW 0
#define TCSADRAIN 1
#define TCSAFLUSH 2

#define TCIFLUSH 0
#define TCOFLUSH 1
#define TCIOFLUSH 2

#define TCOOFF 0
#define TCOON 1
#define TCIOFF 2
#define TCION 3

#define B0 0000000
#define B50 0000001
#define B75 0000002
#define B110 0000003
#define B134 0000004
#define B150 0000005
#define B200 0000006
#define B300 0000007
#define B600 0000010
#define B1200 0000011
#define B1800 0000012
#define B2400 0000013
#define B4800 0000014
#define B9600 0000015
#define B19200 0000016
#define B38400 0000017
#define B57600 0010001
#define B115200 0010002
#define B230400 0010003

/* 0, or -1 with EBADF, ENOTTY, or EINVAL (an unknown `actions`). */
int tcgetattr(int fd, struct termios *termios);
int tcsetattr(int fd, int actions, const struct termios *termios);

/* All of the following: 0, or -1 with EBADF or ENOTTY; EIO in the background of an orphaned group, or once the terminal hung up. */

/* Waits until all output was sent; EINTR. */
int tcdrain(int fd);
/* Drops input that was not read (TCIFLUSH), output that was not sent (TCOFLUSH), or both (TCIOFLUSH); EINVAL. */
int tcflush(int fd, int queue);
/* Holds output back (TCOOFF) or lets it go on (TCOON); sends VSTOP (TCIOFF) or VSTART (TCION) to the other side; EINVAL. */
int tcflow(int fd, int action);
/* Sends a break of 0.3 s, whatever the duration, on lines that have one; EINTR. */
int tcsendbreak(int fd, int duration);
/* The size of the window; SIGWINCH goes to the foreground group when it changes. */
struct winsize;
int tcgetwinsize(int fd, struct winsize *size);
int tcsetwinsize(int fd, const struct winsize *size);

/* No call: they only change *termios, to what raw reading of bytes needs. */
void cfmakeraw(struct termios *termios);

/* One speed for both directions, one of B*; 0, or -1 with EINVAL. */
speed_t cfgetispeed(const struct termios *termios);
speed_t cfgetospeed(const struct termios *termios);
int cfsetispeed(struct termios *termios, speed_t speed);
int cfsetospeed(struct termios *termios, speed_t speed);

/* The session whose controlling terminal it is; -1 with EBADF or ENOTTY (not the caller's controlling terminal). */
pid_t tcgetsid(int fd);
