#include <termios.h>

void cfmakeraw(struct termios *termios)
{
	termios->c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
	termios->c_oflag &= ~(tcflag_t)OPOST;
	termios->c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	termios->c_cflag = (termios->c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
	termios->c_cc[VMIN] = 1;
	termios->c_cc[VTIME] = 0;
}
