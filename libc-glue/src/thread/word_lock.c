#include "futex.h"

int __word_lock(unsigned *word, unsigned holder, struct deadline deadline)
{
	for (;;) {
		unsigned now = load(word);

		/* Whoever slept does not know whether others still do, so it says so. */
		if (now == 0) {
			if (change(word, 0, holder | WAITERS))
				return 0;
			continue;
		}
		if (!(now & WAITERS) && !change(word, now, now | WAITERS))
			continue;
		int error = futex_wait(word, now | WAITERS, deadline);
		if (error && error != EAGAIN && error != EINTR)
			return error;
	}
}
