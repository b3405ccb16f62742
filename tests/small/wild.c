/* Writes where the kernel keeps its data. */
int main(void)
{
	*(volatile int *)0x80000000 = 1;
	return 0;
}
