/*
 * The devices in /dev.
 */
#pragma once

#include <fs/vfs.h>

extern const struct fs devfs;
