/*
 * The console line: a terminal, or (once /dev/hostio is opened) a clean byte channel to the host.
 */
#pragma once

/* The leader of a session ends: hangs up its terminal, if it has one. */
void tty_session_ended(unsigned session);

/* Sleeps until everything written has been handed to the hardware. Thread context; no signal ends it. */
void tty_drain(void);
