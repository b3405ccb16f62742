# How programs are compiled: the one place that knows, read by sublet-cc, the newlib build and the glue's CMakeLists.txt.
# POSIX sh, to be sourced.

# Every access to a symbol becomes an adjacent pair of instructions that elf2bflt can rewrite (docs/architecture).
program_cflags='-fPIC -mno-explicit-relocs -fvisibility=hidden -ffunction-sections -fdata-sections'

program_arch() {
	case $1 in
	32) echo '-march=rv32imac -mabi=ilp32' ;;
	64) echo '-march=rv64imac -mabi=lp64' ;;
	esac
}
