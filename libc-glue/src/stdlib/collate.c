/* What newlib's regcomp and fnmatch ask of the locale: in the C locale, order is that of the bytes. */
extern const int __collate_load_error;
int __collate_range_cmp(int first, int second);

const int __collate_load_error = 1;

int __collate_range_cmp(int first, int second)
{
	return first - second;
}
