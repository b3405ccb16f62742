/*
 * A ring of bytes over an array whose size is a power of two. Positions run freely and are masked when they are
 * used, so that a position can be kept (the start of the line being edited) and compared.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct ring {
	uint8_t *bytes;
	uint16_t size;
	uint16_t head, tail; /* next to take, next to put */
};

static inline unsigned ring_count(const struct ring *ring)
{
	return (uint16_t)(ring->tail - ring->head);
}

static inline unsigned ring_room(const struct ring *ring)
{
	return ring->size - ring_count(ring);
}

/* The caller has seen that there is room. */
static inline void ring_put(struct ring *ring, uint8_t byte)
{
	ring->bytes[ring->tail++ & (ring->size - 1u)] = byte;
}

/* The caller has seen that there is a byte, for all of these. */
static inline uint8_t ring_take(struct ring *ring)
{
	return ring->bytes[ring->head++ & (ring->size - 1u)];
}

static inline uint8_t ring_first(const struct ring *ring)
{
	return ring->bytes[ring->head & (ring->size - 1u)];
}

static inline uint8_t ring_last(const struct ring *ring)
{
	return ring->bytes[(ring->tail - 1u) & (ring->size - 1u)];
}
