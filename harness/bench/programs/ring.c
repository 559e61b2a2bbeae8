// A ring for one producer and one consumer: each tries so many times, and gives up where it is full or empty.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define ROOM 2
#define TRIES 7

static int values[ROOM];
static atomic_int written;
static atomic_int taken;

static void* produce(void* nothing) {
    int count = 0;
    for (int i = 0; i < TRIES; ++i) {
        if (count - atomic_load_explicit(&taken, memory_order_acquire) == ROOM) continue;
        values[count % ROOM] = count;
        atomic_store_explicit(&written, ++count, memory_order_release);
    }
    return nothing;
}

static void* consume(void* nothing) {
    int count = 0;
    for (int i = 0; i < TRIES; ++i) {
        if (atomic_load_explicit(&written, memory_order_acquire) == count) continue;
        assert(values[count % ROOM] == count);
        atomic_store_explicit(&taken, ++count, memory_order_release);
    }
    return nothing;
}

int main(void) {
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, produce, NULL);
    pthread_create(&threads[1], NULL, consume, NULL);
    for (int i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
    return 0;
}
