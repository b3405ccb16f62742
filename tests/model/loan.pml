/*
 * The loan of vfork, and the lives of processes around it, for spin. README.md says which function each step stands for.
 *
 * The kernel runs with interrupts masked, so what it does between two places where a thread may leave the processor is one atomic step
 * here. All interleavings of such steps are searched: priorities only choose among them.
 *
 * Bounds: PROCS processes (3 or 4) in one life of the system, init included, each structure used once, so that a stale pointer shows;
 * each thread execs at most once and fails to at most once. So no run goes on for ever: what never resumes shows as a deadlock.
 */
#ifndef PROCS
#define PROCS 4
#endif
#ifndef STOPS
#define STOPS 0 /* stop signals that are sent in all */
#endif
#ifndef KILLS
#define KILLS 1 /* whether anybody sends SIGKILL */
#endif
#ifndef FAILS
#define FAILS 1 /* whether exec may fail (once a thread) */
#endif
#ifdef SECOND
#define THREADS (PROCS + 1) /* thread p is the first one of process p; PROCS is a second one, of process 1 */
#else
#define THREADS PROCS
#endif

#define INIT 0
#define NOBODY 31 /* no process, no thread, no space, no stack */

/* enum process_state. UNUSED: not created yet. FREED: mem_free'd; whoever touches it then is caught. */
#define UNUSED 0
#define ALIVE 1
#define LEAVING 2
#define ZOMBIE 3
#define FREED 4

/* What a thread sleeps on. */
#define AWAKE 0
#define CHILD_ENDED 1
#define STOPPED 2
#define ALONE 3 /* exec waits until the other threads have ended */
#define ABOUT_TO 4 /* only with BUG_LOST_WAKEUP: has looked, and not gone to sleep yet */
#define HOME 8	/* HOME + p: the loan of process p */

/* struct process. `pending` is SIGKILL, or an exit that another thread has begun; `stop` a stop signal without its SIGCONT. */
byte state[PROCS], parent[PROCS], main_thread[PROCS], space[PROCS], owes[PROCS], debtors[PROCS];
bool borrowing[PROCS], pending[PROCS], stop[PROCS];
byte home_count[PROCS], home_holder[PROCS];
byte used = 1; /* structures used so far */

/* struct thread. `stack` is a ghost: whose user stack it runs on. */
bool live[THREADS], killed_asleep[THREADS], execed[THREADS], exec_failed[THREADS];
byte sleeps_on[THREADS], thread_space[THREADS], stack[THREADS];

/* struct space, by the thread whose exec made it. */
byte refs[THREADS];

bool returned[PROCS]; /* ghost: the loan has been returned */
bool done;	      /* init has nothing left to wait for */

#ifdef SECOND
bool second_made;
byte threads[PROCS], only[PROCS]; /* threads of the process; the one that execs and ends the others */
#define owner(thread) (thread == PROCS -> 1 : thread)
#define must_end(thread) (pending[owner(thread)] || (only[owner(thread)] != NOBODY && only[owner(thread)] != thread))
#else
#define owner(thread) (thread)
#define must_end(thread) (pending[thread])
#endif
#ifdef BUG_STOPPED_BORROWER
#define must_stop(p) (stop[p])
#else
#define must_stop(p) (stop[p] && !borrowing[p])
#endif
#define undisturbed(thread) (!must_end(thread) && !must_stop(owner(thread)))
#define exists(p) (state[p] != UNUSED && state[p] != FREED)
#define is_child(c, p) (exists(c) && parent[c] == p)
#if PROCS > 3
#define has_child(p) (is_child(2, p) || is_child(3, p))
#else
#define has_child(p) (is_child(2, p)) /* process 1 is a child of init only */
#endif
#define lends(thread) (sleeps_on[thread] >= ABOUT_TO)

/* Scratch: set and used within one atomic step, so no part of the state. One name for each depth of inlines. */
hidden byte i, j, k, b, c, d;

inline wake(thread)
{
	assert(sleeps_on[thread] != AWAKE && live[thread]);
	sleeps_on[thread] = AWAKE;
}

/* ---- kernel/sem.c, kernel/waitq.c ---- */

inline sem_set_holder(p, thread)
{
	home_holder[p] = thread;
	assert(thread == NOBODY || live[thread]); /* the semaphore is in the list of a thread that exists */
}

inline sem_give(p)
{
	k = NOBODY;
	for (j : 0 .. THREADS - 1) {
		if
		:: sleeps_on[j] == HOME + p -> assert(k == NOBODY); k = j
		:: else
		fi
	}
	if
	:: k != NOBODY ->
		assert(!pending[owner(k)]); /* SIGKILL to a lender acts at once */
		wake(k)
#ifndef BUG_LOST_WAKEUP
	:: else -> home_count[p]++
#else
	:: else
#endif
	fi;
	assert(home_holder[p] == NOBODY || live[home_holder[p]]);
	home_holder[p] = NOBODY
}

/* ---- proc/space.c ---- */

inline space_release(s)
{
	assert(refs[s] > 0);
	refs[s]--;
#ifdef BUG_SPACE_NOT_COUNTED
	refs[s] = 0;
#endif
	if
	:: refs[s] == 0 ->
		for (i : 0 .. PROCS - 1) {
			assert(!exists(i) || space[i] != s)
		}
		for (i : 0 .. THREADS - 1) {
			assert(!live[i] || thread_space[i] != s)
		}
	:: else
	fi
}

/* ---- proc/exit.c ---- */

inline waiters_wake(p)
{
	for (j : 0 .. THREADS - 1) {
		if
		:: live[j] && owner(j) == p && sleeps_on[j] == CHILD_ENDED ->
			wake(j);
#ifdef BUG_WAKE_ONE
			break
#endif
		:: else
		fi
	}
}

inline process_become_zombie(p)
{
	state[p] = ZOMBIE;
	assert(exists(parent[p]));
	waiters_wake(parent[p])
}

inline orphans_to_init(p)
{
	k = false;
	for (i : 1 .. PROCS - 1) {
		if
		:: is_child(i, p) ->
			k = k || state[i] == ZOMBIE;
			parent[i] = INIT
		:: else
		fi
	}
	if
	:: k -> waiters_wake(INIT)
	:: else
	fi
}

/* No pointer to the structure may be left: of family, debts, sleepers, holders' lists. */
inline process_destroy(p)
{
	assert(space[p] == NOBODY && !borrowing[p] && debtors[p] == 0 && home_holder[p] == NOBODY && main_thread[p] == NOBODY);
	for (i : 1 .. PROCS - 1) {
		assert(!exists(i) || (parent[i] != p && owes[i] != p))
	}
	for (i : 0 .. THREADS - 1) {
		assert(sleeps_on[i] != HOME + p)
	}
	state[p] = FREED;
	for (i : 1 .. THREADS - 1) {
		assert(sleeps_on[i] != CHILD_ENDED || has_child(owner(i))) /* it should get ECHILD */
	}
	parent[p] = 0;
	home_count[p] = 0;
	pending[p] = false;
	stop[p] = false
}

/* ---- proc/loan.c ---- */

inline loan_make(p, thread)
{
	borrowing[p] = true;
	home_count[p] = 0;
	sem_set_holder(p, thread)
}

inline loan_pass_on(p, passed_on)
{
	passed_on = false;
#ifndef BUG_MIDDLE_RETURNS_EARLY
	for (c : 1 .. PROCS - 1) {
		if
		:: borrowing[p] && is_child(c, p) && borrowing[c] ->
			assert(owes[c] == NOBODY);
			owes[c] = p;
			debtors[p]++;
			passed_on = true;
#ifdef BUG_STALE_HOLDER
			sem_set_holder(p, main_thread[c])
#else
			/* All that the dying thread held goes to the thread that runs in the shared space. */
			b = home_holder[c];
			d = p;
			do
			:: d != NOBODY ->
				sem_set_holder(d, b);
				d = owes[d]
			:: else -> break
			od
#endif
		:: else
		fi
	}
#endif
}

inline loan_return(p)
{
	b = p;
	do
	:: b != NOBODY && borrowing[b] ->
		assert(exists(b) && !returned[b]);
		returned[b] = true;
#ifndef BUG_RETURN_TWICE
		borrowing[b] = false;
#endif
		sem_give(b);
		if
		:: state[b] == LEAVING -> process_become_zombie(b)
		:: else
		fi;
		/* debt_pay */
		c = owes[b];
		owes[b] = NOBODY;
		b = NOBODY;
		if
		:: c != NOBODY ->
			assert(state[c] == LEAVING && debtors[c] > 0);
			debtors[c]--;
			if
			:: debtors[c] == 0 -> b = c
			:: else -> sem_set_holder(c, NOBODY)
			fi
		:: else
		fi
	:: else -> break
	od
}

/* The structure of the child up to thread_start. */
inline sys_vfork(thread, p, child)
{
	child = used;
	used++;
	state[child] = ALIVE;
	parent[child] = p;
	main_thread[child] = child;
	owes[child] = NOBODY;
	space[child] = space[p];
	refs[space[p]]++;
	thread_space[child] = space[p];
	stack[child] = stack[thread];
#ifdef SECOND
	threads[child] = 1;
	only[child] = NOBODY;
#endif
	live[child] = true;
	loan_make(child, child)
}

/* ---- the end of a thread, kernel/thread.c ---- */

/* The block of the thread is freed: no semaphore may be in its list. */
inline thread_gone(thread)
{
	for (i : 1 .. PROCS - 1) {
		assert(!exists(i) || home_holder[i] != thread)
	}
	live[thread] = false;
	thread_space[thread] = NOBODY;
	stack[thread] = NOBODY
}

/* ---- on the way into user mode: what must hold there ---- */

inline check_user(thread)
{
	assert(thread_space[thread] == space[owner(thread)] && refs[thread_space[thread]] > 0);
	for (i : 0 .. THREADS - 1) {
		/* Whoever else is in this stack is a lender who sleeps, or will never come back to it. */
		assert(i == thread || !live[i] || stack[i] != stack[thread] || lends(i) || must_end(i))
	}
}

inline user_return(thread)
{
	if
	:: undisturbed(thread) -> check_user(thread)
	:: else
	fi;
	goto user
}

/* A zombie child, and whether there is any child. */
inline find_zombie(p)
{
	b = NOBODY;
	c = false;
	for (i : 1 .. PROCS - 1) {
		if
		:: is_child(i, p) ->
			c = true;
#ifdef BUG_LEAVING_IS_REAPED
			if
			:: state[i] == ZOMBIE || state[i] == LEAVING -> b = i
#else
			if
			:: state[i] == ZOMBIE -> b = i
#endif
			:: else
			fi
		:: else
		fi
	}
}

#ifdef SECOND
/* Makes the other threads of the process go to their end: ends their sleeps. */
inline others_interrupt(thread, p)
{
	for (i : 0 .. THREADS - 1) {
		if
		:: i != thread && live[i] && owner(i) == p && sleeps_on[i] != AWAKE ->
			killed_asleep[i] = true;
			wake(i)
		:: else
		fi
	}
}
#endif

proctype Thread(byte self)
{
	byte p, child = NOBODY, old = NOBODY;
	bool passed_on;

end_not_started:
	atomic {
		live[self] -> p = owner(self);
		user_return(self)
	}

user:
	if
	/* user_return, also from an interrupt */
	:: atomic { must_end(self) -> goto thread_end }
	:: atomic {
		!must_end(self) && must_stop(p) -> assert(!borrowing[p]); /* its lender would wait for whoever sends SIGCONT */
		sleeps_on[self] = STOPPED
	   }
	   atomic {
		sleeps_on[self] == AWAKE -> killed_asleep[self] = false;
		user_return(self)
	   }

	/* vfork */
	:: atomic {
		undisturbed(self) && used < PROCS -> sys_vfork(self, p, child);
#ifdef BUG_LOST_WAKEUP
		sleeps_on[self] = ABOUT_TO
	   }
	   atomic {
#else
		assert(home_count[child] == 0);
#endif
		sleeps_on[self] = HOME + child
	   }
	   atomic {
		sleeps_on[self] == AWAKE ->
#ifdef BUG_PID_AFTER_SLEEP
		assert(killed_asleep[self] || state[child] != FREED);
#endif
		killed_asleep[self] = false;
		child = NOBODY;
		user_return(self)
	   }

	/* execve: loading opens preemption points, and may fail */
	:: atomic {
		p != INIT && undisturbed(self) && !execed[self] -> execed[self] = true;
#ifdef BUG_FREE_BEFORE_COMMIT
		space_release(space[p]);
#endif
	   }
	   if
	   :: atomic {
		FAILS && !exec_failed[self] -> exec_failed[self] = true;
		execed[self] = false;
		user_return(self)
	      }
	   :: atomic {
		true -> refs[self] = 1;
#if defined(SECOND) && !defined(BUG_EXEC_KEEPS_THREADS)
		if
		:: threads[p] > 1 && must_end(self) ->
			space_release(self);
			goto thread_end
		:: threads[p] > 1 && !must_end(self) ->
			only[p] = self;
			others_interrupt(self, p);
			sleeps_on[self] = ALONE
		:: threads[p] == 1
		fi
	   }
	   atomic {
		sleeps_on[self] == AWAKE -> killed_asleep[self] = false;
		if
		:: threads[p] > 1 -> /* killed while it waited */
			assert(pending[p]);
			space_release(self);
			goto thread_end
		:: else -> main_thread[p] = self;
			only[p] = NOBODY
		fi;
#endif
		/* exec_commit; closing a file may open a preemption point */
#ifdef BUG_RETURN_BEFORE_COMMIT
		loan_return(p);
	   }
	   atomic {
#endif
		old = space[p];
		space[p] = self;
		thread_space[self] = self;
		stack[self] = self
	      }
	   fi;
#ifndef BUG_FREE_BEFORE_COMMIT
	   atomic { space_release(old) } /* so may the release of the old program */
#endif
	   atomic {
		old = NOBODY;
		loan_return(p);
		user_return(self)
	   }

	/* wait */
	:: atomic {
		undisturbed(self) && (p == INIT || has_child(p)) -> skip;
wait:
		find_zombie(p);
		if
		:: b != NOBODY ->
			process_destroy(b);
			user_return(self)
		:: b == NOBODY && c && must_end(self) -> user_return(self)
		:: b == NOBODY && c && !must_end(self) -> sleeps_on[self] = CHILD_ENDED
		:: b == NOBODY && !c ->
			if
			:: p == INIT -> goto init_done
			:: p != INIT -> user_return(self)
			fi
		fi
	   }
	   atomic {
		sleeps_on[self] == AWAKE ->
		if
		:: killed_asleep[self] ->
			killed_asleep[self] = false;
			user_return(self)
		:: else -> goto wait
		fi
	   }

#ifdef SECOND
	/* pthread_create: not by a borrower */
	:: atomic {
		p == 1 && self == 1 && !borrowing[p] && !second_made && undisturbed(self) -> second_made = true;
		threads[p]++;
		thread_space[PROCS] = space[p];
		stack[PROCS] = PROCS + 1;
		live[PROCS] = true;
		user_return(self)
	   }

	/* pthread_exit of the second thread */
	:: atomic { self == PROCS && undisturbed(self) && threads[p] > 1 -> goto thread_end }
#endif

	/* _exit, or a fault */
	:: atomic {
		p != INIT && undisturbed(self) -> skip;
#ifdef SECOND
		if
		:: threads[p] > 1 ->
			pending[p] = true;
			others_interrupt(self, p)
		:: else
		fi;
#endif
		goto thread_end
	   }
	fi;

thread_end:
#ifdef SECOND
	atomic {
		if
		:: threads[p] > 1 ->
			threads[p]--;
			if
			:: main_thread[p] == self -> main_thread[p] = (self == PROCS -> p : PROCS)
			:: else
			fi;
			if
			:: only[p] != NOBODY && sleeps_on[only[p]] == ALONE -> wake(only[p])
			:: else
			fi;
			thread_gone(self);
			goto ended
		:: else
		fi
	}
#endif
	/* process_exit; give_back closes files first, which may open a preemption point */
#ifdef BUG_RETURN_BEFORE_LEAVING
	atomic { loan_return(p) }
#endif
	atomic {
		old = space[p];
		space[p] = NOBODY;
		thread_space[self] = NOBODY;
		stack[self] = NOBODY;
		space_release(old);
		old = NOBODY
	}
	/* so may the release of the program; the rest runs through */
	atomic {
		loan_pass_on(p, passed_on);
#ifndef BUG_ORPHANS_STAY
		orphans_to_init(p);
#endif
		main_thread[p] = NOBODY;
		if
		:: passed_on -> state[p] = LEAVING
		:: else ->
			loan_return(p);
			process_become_zombie(p)
		fi;
		thread_gone(self);
		passed_on = false
	}
	goto ended;

	/* Only init comes here: it has no child, so nothing of anybody may be left. */
init_done:
	skip;
	d_step {
		for (i : 1 .. PROCS - 1) {
			assert(state[i] == UNUSED || (state[i] == FREED && returned[i] && !borrowing[i]));
			assert(owes[i] == NOBODY || state[i] == UNUSED)
		}
		for (i : 1 .. THREADS - 1) {
			assert(!live[i] && refs[i] == 0)
		}
		assert(refs[INIT] == 1);
		done = true
	}

ended:
	skip
}

/* kill(2) by anybody at any time; nobody kills init. The sender may stop sending: so a lost wake-up is a deadlock. */
inline signal_kill(p)
{
	pending[p] = true;
	for (i : 0 .. THREADS - 1) {
		if
#ifdef BUG_DEEP_SLEEP
		:: live[i] && owner(i) == p && sleeps_on[i] != AWAKE && !lends(i) ->
#else
		:: live[i] && owner(i) == p && sleeps_on[i] != AWAKE ->
#endif
			killed_asleep[i] = true;
			wake(i)
		:: else
		fi
	}
}

inline signal_stop(p)
{
	stop[p] = true;
#ifdef BUG_LIGHT_SLEEP
	for (i : 0 .. THREADS - 1) {
		if
		:: live[i] && owner(i) == p && lends(i) ->
			killed_asleep[i] = true;
			wake(i)
		:: else
		fi
	}
#endif
}

inline signal_continue(p)
{
	stop[p] = false;
	for (i : 0 .. THREADS - 1) {
		if
		:: live[i] && owner(i) == p && sleeps_on[i] == STOPPED -> wake(i)
		:: else
		fi
	}
}

#define reached(p) (state[p] == ALIVE && main_thread[p] != NOBODY)
#define may_continue(p) \
	:: atomic { STOPS > 0 && reached(p) && stop[p] -> signal_continue(p) }
#define may_signal(p) \
	:: atomic { KILLS && reached(p) && !pending[p] -> signal_kill(p) } \
	:: atomic { stops > 0 && reached(p) && !stop[p] -> stops--; signal_stop(p) } \
	may_continue(p)

proctype Others()
{
	byte stops = STOPS;

	do
	may_signal(1)
	may_signal(2)
#if PROCS > 3
	may_signal(3)
#endif
	:: done -> break
	:: atomic { !done -> stops = 0; break }
	od;
end_continue: /* every stop finds its end */
	do
	may_continue(1)
	may_continue(2)
#if PROCS > 3
	may_continue(3)
#endif
	:: done -> break
	od
}

init
{
	d_step {
		for (i : 0 .. PROCS - 1) {
			main_thread[i] = NOBODY;
			space[i] = NOBODY;
			owes[i] = NOBODY;
			home_holder[i] = NOBODY
		}
		for (i : 0 .. THREADS - 1) {
			thread_space[i] = NOBODY;
			stack[i] = NOBODY
		}
		state[INIT] = ALIVE;
		main_thread[INIT] = INIT;
		space[INIT] = INIT;
		thread_space[INIT] = INIT;
		stack[INIT] = INIT;
		refs[INIT] = 1;
#ifdef SECOND
		threads[INIT] = 1;
		only[INIT] = NOBODY;
#endif
		live[INIT] = true
	}
	atomic {
		for (i : 0 .. THREADS - 1) {
			run Thread(i)
		}
		run Others()
	}
}

#ifdef LTL
/* The first lender, which nobody can kill, sleeps from vfork until the loan is returned, and not longer. */
ltl lender_waits { [] ((sleeps_on[INIT] == HOME + 1) -> ((sleeps_on[INIT] == HOME + 1) U returned[1])) }
ltl lender_resumes { [] ((sleeps_on[1] == HOME + 2) -> <> (sleeps_on[1] == AWAKE)) }
/* A process that was killed has given up its space in the end, though it lent or borrowed. */
ltl killed_process_ends { [] (pending[1] -> <> (state[1] == FREED)) }
/* Every life ends, with each zombie reaped. */
ltl all_is_reaped { <> done }
#endif
