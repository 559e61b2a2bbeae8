// A lock that threads get in the order in which they came. Its loop only reads.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define THREADS 4
#define ROUNDS 2

static atomic_int next;
static atomic_int serving;
static int count;

static void* raise(void* nothing) {
    for (int i = 0; i < ROUNDS; ++i) {
        const int mine = atomic_fetch_add_explicit(&next, 1, memory_order_relaxed);
        while (atomic_load_explicit(&serving, memory_order_acquire) != mine) {
        }
        ++count;
        atomic_store_explicit(&serving, mine + 1, memory_order_release);
    }
    return nothing;
}

int main(void) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; ++i) pthread_create(&threads[i], NULL, raise, NULL);
    for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    assert(count == THREADS * ROUNDS);
    return 0;
}
