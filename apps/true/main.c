/*
 * true: ends with status 0. Also what the benchmark executes, so it is as small as a program can be.
 */
int main(void)
{
	return 0;
}
