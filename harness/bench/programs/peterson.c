// Peterson's lock for two threads, which try to take it several times each and do not wait.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define ROUNDS 3

static atomic_int wants[2];
static atomic_int turn;
static int guarded;

static void* work(void* number) {
    const size_t mine = (size_t)number;
    const size_t other = 1 - mine;
    for (int i = 0; i < ROUNDS; ++i) {
        atomic_store(&wants[mine], 1);
        atomic_exchange(&turn, (int)other);
        if (atomic_load(&wants[other]) == 0 || atomic_load(&turn) == (int)mine) ++guarded;
        atomic_store(&wants[mine], 0);
    }
    return NULL;
}

int main(void) {
    pthread_t threads[2];
    for (size_t i = 0; i < 2; ++i) pthread_create(&threads[i], NULL, work, (void*)i);
    for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
    assert(guarded <= 2 * ROUNDS);
    return 0;
}
