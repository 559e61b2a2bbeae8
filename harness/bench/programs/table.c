// A table without a lock: each thread enters its keys, at the first place that is free.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define THREADS 4
#define KEYS 2
#define PLACES 8

static atomic_int places[PLACES];

static int enter(int key) {
    for (int place = 0; place < PLACES; ++place) {
        int there = 0;
        if (atomic_compare_exchange_strong_explicit(&places[place], &there, key, memory_order_acq_rel,
                                                    memory_order_acquire)) {
            return place;
        }
        assert(there != key);
    }
    return -1;
}

static void* work(void* number) {
    const int first = (int)(size_t)number;
    for (int i = 0; i < KEYS; ++i) assert(enter(first + 1 + i * THREADS) >= 0);
    return NULL;
}

int main(void) {
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; ++i) pthread_create(&threads[i], NULL, work, (void*)i);
    for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    return 0;
}
