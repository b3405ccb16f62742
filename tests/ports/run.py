"""Ports: foreign programs in the guest give what they give elsewhere. A port that this build left out is skipped."""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../tools/lib"))
import tap

EXERCISE = "exercise.lua"


def need(board, program):
	if not os.path.exists(os.path.join(tap.ROOT, "build", board, "rootfs/bin", program)):
		raise tap.Skip(f"{program} was left out of this build")


def check(board, command, status, output, *options, data=b""):
	result = tap.run(board, command, *options, data=data)
	tap.equal((result.returncode, result.stdout), (status, output))


@tap.case("ports.lua.prints_numbers_strings_and_environment")
def _(board):
	need(board, "lua")
	command = "PATH=/bin lua -e 'print(2^10, string.rep(\"ab\",3), os.getenv(\"PATH\"))'"
	check(board, command, 0, b"1024.0\tababab\t/bin\n")


@tap.case("ports.lua.exercise_prints_what_the_hosts_lua_prints")
def _(board):
	need(board, "lua")
	expected = subprocess.run(["lua5.4", EXERCISE], cwd=HERE, capture_output=True, check=True).stdout
	check(board, f"cd /host; lua {EXERCISE}", 0, expected, "-f", os.path.join(HERE, EXERCISE))


@tap.case("ports.lua.reads_standard_input")
def _(board):
	need(board, "lua")
	script = "for line in io.lines() do io.write(#line, \" \") end"
	check(board, f"lua -e '{script}'", 0, b"3 0 5 ", data=b"abc\n\n12345\n")


@tap.case("ports.lua.writes_and_reads_files")
def _(board):
	need(board, "lua")
	script = ("local f = assert(io.open(\"/tmp/t\", \"w\")) for i = 1, 1000 do f:write(i, \"\\n\") end f:close() "
		"local sum = 0 for line in io.lines(\"/tmp/t\") do sum = sum + line end print(sum) "
		"print(os.remove(\"/tmp/t\"), (io.open(\"/tmp/t\")))")
	check(board, f"lua -e '{script}'", 0, b"500500\ntrue\tnil\n")


@tap.case("ports.lua.fails_with_status_1")
def _(board):
	need(board, "lua")
	result = tap.run(board, "lua -e 'error(\"wrong\", 0)'")
	tap.equal((result.returncode, b"lua: wrong\n" in result.stdout), (1, True))


@tap.case("ports.lua.nested_calls_end_in_an_error_not_a_fault")
def _(board):
	need(board, "lua")
	script = ("local function nest(n) return (string.gsub(\"x\", \"x\", function() return nest(n + 1) end)) end "
		"local ok, why = pcall(nest, 1) print(ok, (string.find(why, \"C stack overflow\", 1, true)) ~= nil)")
	check(board, f"lua -e '{script}'", 0, b"false\ttrue\n")


tap.main()
