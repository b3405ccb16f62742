/* The C types of the system interface that differ from newlib's defaults; struct stat depends on them (see asserts.c). */
#ifndef _MACHINE__TYPES_H
#define _MACHINE__TYPES_H

#include <machine/_default_types.h>

#define __machine_ino_t_defined
typedef __uint32_t __ino_t;

#endif
