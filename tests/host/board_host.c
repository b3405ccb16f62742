/*
 * What procfs asks of the board.
 */
#include <fs/procfs.h>

void board_memory(size_t *text, size_t *data)
{
	*text = 65536;
	*data = 4096;
}
