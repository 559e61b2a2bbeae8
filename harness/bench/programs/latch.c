// A latch: each thread writes its part and counts down. The last one, and whoever finds the latch open, reads
// all parts.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define THREADS 6

static int parts[THREADS];
static atomic_int missing = THREADS;
static atomic_int is_open;

static void read_all(void) {
    for (int i = 0; i < THREADS; ++i) assert(parts[i] == i + 1);
}

static void* work(void* number) {
    parts[(size_t)number] = (int)(size_t)number + 1;
    if (atomic_fetch_sub_explicit(&missing, 1, memory_order_acq_rel) == 1) {
        atomic_store_explicit(&is_open, 1, memory_order_release);
        read_all();
    } else if (atomic_load_explicit(&is_open, memory_order_acquire) == 1) {
        read_all();
    }
    return NULL;
}

int main(void) {
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; ++i) pthread_create(&threads[i], NULL, work, (void*)i);
    for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    return 0;
}
