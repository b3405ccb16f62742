/*
 * The operands of cp and mv: SOURCE TARGET, or SOURCE... DIRECTORY.
 */
#pragma once

/*
 * Calls move(from, to) for each source, `to` being the target or, if that is a directory, the path of the source's name in it.
 * `to` is a buffer of PATH_SIZE bytes. Returns the status of the program.
 */
int each_target(char **operands, int (*move)(const char *from, char *to));
