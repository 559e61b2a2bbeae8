// A sequence lock: one thread writes a pair, three read it, and throw away what was torn.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define READERS 3
#define ROUNDS 2

static atomic_int sequence;
static atomic_int left;
static atomic_int right;

static void* write_pairs(void* nothing) {
    for (int i = 1; i <= ROUNDS; ++i) {
        atomic_store_explicit(&sequence, 2 * i - 1, memory_order_relaxed);
        atomic_store_explicit(&left, i, memory_order_release);
        atomic_store_explicit(&right, i, memory_order_release);
        atomic_store_explicit(&sequence, 2 * i, memory_order_release);
    }
    return nothing;
}

static void* read_pair(void* nothing) {
    const int before = atomic_load_explicit(&sequence, memory_order_acquire);
    if (before % 2 != 0) return nothing;
    const int a = atomic_load_explicit(&left, memory_order_acquire);
    const int b = atomic_load_explicit(&right, memory_order_acquire);
    const int after = atomic_load_explicit(&sequence, memory_order_relaxed);
    if (before == after) assert(a == b);
    return nothing;
}

int main(void) {
    pthread_t writer;
    pthread_t readers[READERS];
    pthread_create(&writer, NULL, write_pairs, NULL);
    for (int i = 0; i < READERS; ++i) pthread_create(&readers[i], NULL, read_pair, NULL);
    pthread_join(writer, NULL);
    for (int i = 0; i < READERS; ++i) pthread_join(readers[i], NULL);
    return 0;
}
