// Threads that take numbers from one counter. Each step is on the counter: no order of two can be left out.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define THREADS 3
#define ROUNDS 4

static atomic_int next;

static void* take(void* nothing) {
    int last = -1;
    for (int i = 0; i < ROUNDS; ++i) {
        const int mine = atomic_fetch_add_explicit(&next, 1, memory_order_relaxed);
        assert(mine > last);
        last = mine;
    }
    return nothing;
}

int main(void) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; ++i) pthread_create(&threads[i], NULL, take, NULL);
    for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    assert(atomic_load(&next) == THREADS * ROUNDS);
    return 0;
}
