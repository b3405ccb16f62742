/*
 * How many numbers the table of system calls has room for; also for assembly.
 */
#pragma once

#define SYSCALL_SLOTS 96
