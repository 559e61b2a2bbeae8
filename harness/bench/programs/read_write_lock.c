// A lock for readers and writers in one number, which is tried for and not waited for.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define READERS 3
#define WRITERS 2
#define WRITING 100

static atomic_int users;
static int guarded;

static void* read_it(void* nothing) {
    if (atomic_fetch_add_explicit(&users, 1, memory_order_acquire) < WRITING) assert(guarded <= WRITERS);
    if (atomic_fetch_sub_explicit(&users, 1, memory_order_release) == 0) assert(0);
    return nothing;
}

static void* write_it(void* nothing) {
    int nobody = 0;
    if (atomic_compare_exchange_strong_explicit(&users, &nobody, WRITING, memory_order_acquire,
                                                memory_order_relaxed)) {
        ++guarded;
        if (atomic_fetch_sub_explicit(&users, WRITING, memory_order_release) < WRITING) assert(0);
    }
    return nothing;
}

int main(void) {
    pthread_t readers[READERS];
    pthread_t writers[WRITERS];
    for (int i = 0; i < READERS; ++i) pthread_create(&readers[i], NULL, read_it, NULL);
    for (int i = 0; i < WRITERS; ++i) pthread_create(&writers[i], NULL, write_it, NULL);
    for (int i = 0; i < READERS; ++i) pthread_join(readers[i], NULL);
    for (int i = 0; i < WRITERS; ++i) pthread_join(writers[i], NULL);
    return 0;
}
