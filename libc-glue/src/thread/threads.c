#include "thread.h"

struct thread_life __main_life;
struct threads __threads;
