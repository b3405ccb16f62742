/*
 * bench: what its files share.
 */
#pragma once

/* Counts instructions where an instruction takes a cycle, as under the emulator's -icount shift=0; wraps. */
unsigned long bench_cycles(void);

/* One child: vfork, then _exit (path NULL) or exec of `path`; waits for it. Returns 0, or 1 after a message. */
int bench_child(const char *path);

/* Operations between two processes; each starts another bench as its peer. Set *cycles to those the rounds took. */
int bench_pipe(const char *self, unsigned long rounds, unsigned long *cycles);
int bench_yield(const char *self, unsigned long rounds, unsigned long *cycles);

/* A signal that the caller sends itself, with its handler, there and back; a program started by posix_spawn, until it was waited for. */
int bench_signal(unsigned long rounds, unsigned long *cycles);
int bench_spawn(const char *path, unsigned long rounds, unsigned long *cycles);

/* The peers: bench peer-pipe, bench peer-yield. */
int bench_peer(const char *which);

/* bench soak exec|exit ROUNDS: children by the thousand must leave memory, processes and descriptors as they were. */
int bench_soak(const char *what, unsigned long rounds);

/* Of threads: a round trip between two by semaphores, a post and a wait alone, a thread made and joined. */
int bench_ping_pong(unsigned long rounds, unsigned long *cycles);
int bench_semaphore(unsigned long rounds, unsigned long *cycles);
int bench_thread(unsigned long rounds, unsigned long *cycles);
