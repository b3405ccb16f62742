/*
 * What the system tells of itself in /proc.
 */
#pragma once

#include <stddef.h>

/* The number behind "name:" in a text such as that of /proc/meminfo; 0 if the name is not there. */
unsigned long proc_field(const char *text, const char *name);

/* Numbers of /proc/<pid>/stat: pid (name) state ppid pri text data_bss heap stack utime_ms. Sizes in bytes. */
struct proc_stat {
	unsigned long pid, ppid, pri;
	unsigned long data_bss, heap, stack;
	unsigned long utime_ms;
	char state;
	char text[12]; /* address of the text, as printed by the kernel */
	char name[32];
};

/* Reads it. Returns 0, or -1: no such process, or no line of this form. */
int proc_stat_read(const char *pid, struct proc_stat *st);
