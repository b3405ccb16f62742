/*
 * bench000k: starts and ends.
 */
int main(void)
{
	return 0;
}
