/*
 * The kill command, which is both a program and a builtin of the shell.
 */
#pragma once

/* Runs `kill` with its arguments, args[0] being its name. Returns the exit status. */
int kill_main(char **args);
