/*
 * A program of threads whose children of vfork do what they may while the threads go on: none of this is reported.
 */
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 20

extern char **environ;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, free_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static sem_t posted, idle;
static int turns;
static volatile unsigned counter;

/* Two of them change a variable in turns; nothing of it is a child's work. */
static void *takes_turns(void *argument)
{
	pthread_mutex_lock(&lock);
	for (int i = 0; i < ROUNDS; i++) {
		while (turns % 2 != (int)(long)argument)
			pthread_cond_wait(&changed, &lock);
		turns++;
		counter++;
		pthread_cond_broadcast(&changed);
	}
	pthread_mutex_unlock(&lock);
	return NULL;
}

static void *waits_idly(void *argument)
{
	sem_wait(&idle);
	return argument;
}

static void *is_woken_by_a_child(void *argument)
{
	sem_wait(&posted);
	return argument;
}

static void *vforks(void *argument)
{
	for (int i = 0; i < 3; i++) {
		if (vfork() == 0) {
			pthread_mutex_lock(&free_lock);
			pthread_mutex_unlock(&free_lock);
			execlp("true", "true", NULL);
			_exit(1);
		}
		wait(NULL);
	}
	return argument;
}

static void spawns(void)
{
	char *arguments[] = {"true", NULL};
	pid_t pid;

	posix_spawnp(&pid, "true", NULL, NULL, arguments, environ);
	waitpid(pid, NULL, 0);
	printf("system %d\n", WEXITSTATUS(system("exit 3")));
}

static void child_posts(void)
{
	if (vfork() == 0) {
		sem_post(&posted);
		_exit(0);
	}
}

int main(void)
{
	pthread_t threads[5];

	sem_init(&posted, 0, 0);
	sem_init(&idle, 0, 0);
	pthread_create(&threads[0], NULL, takes_turns, (void *)0);
	pthread_create(&threads[1], NULL, takes_turns, (void *)1);
	pthread_create(&threads[2], NULL, waits_idly, NULL);
	pthread_create(&threads[3], NULL, is_woken_by_a_child, NULL);
	pthread_create(&threads[4], NULL, vforks, NULL);
	pthread_join(threads[4], NULL);
	spawns();
	child_posts();
	sem_post(&idle);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	printf("turns %d\n", turns);
	return 0;
}
