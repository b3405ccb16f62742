printf 'Hello, world! 0123456789 abcdef\n\001\377' > f; head -c 100 /dev/zero > z; : > empty
hexdump -C f; hexdump -C z; hexdump -C empty; hexdump -C -n 5 f; hexdump -C -s 16 f; hexdump -C < f
