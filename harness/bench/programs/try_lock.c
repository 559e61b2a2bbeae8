// A lock that is tried for and not waited for: each thread takes it, or goes on without.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define THREADS 3
#define ROUNDS 3

static atomic_int is_held;
static int guarded;

static void* work(void* nothing) {
    for (int i = 0; i < ROUNDS; ++i) {
        if (atomic_exchange_explicit(&is_held, 1, memory_order_acquire) != 0) continue;
        ++guarded;
        assert(guarded <= THREADS * ROUNDS);
        atomic_store_explicit(&is_held, 0, memory_order_release);
    }
    return nothing;
}

int main(void) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; ++i) pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    return 0;
}
