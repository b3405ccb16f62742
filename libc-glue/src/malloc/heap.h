/*
 * The heap without a lock. malloc and the others are weak names of these, which a program of threads replaces
 * (src/thread/instead/heap_lock.c).
 */
#pragma once

#include <stddef.h>

void *__heap_malloc(size_t bytes);
void __heap_free(void *memory);
void *__heap_realloc(void *memory, size_t bytes);
void *__heap_memalign(size_t alignment, size_t bytes);
