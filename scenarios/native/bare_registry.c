// The logic of a weak registry with nothing around it: one thread drops the last reference, the others
// intern, read and drop. A plain C program, as other model checkers take it too;
// scenarios/reference/bare_registry.hpp is the same for Relacy. THREADS: how many there are, main aside.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#ifndef THREADS
#define THREADS 3
#endif

struct object {
    atomic_int strong;
    atomic_int weak;  // one of all strong references together, one of the slot
    int alive;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct object* slot;

static struct object* make(void) {
    struct object* const made = malloc(sizeof *made);
    atomic_init(&made->strong, 1);
    atomic_init(&made->weak, 2);
    made->alive = 1;
    return made;
}

static void weak_deref(struct object* object) {
    if (atomic_fetch_sub_explicit(&object->weak, 1, memory_order_acq_rel) == 1) free(object);
}

static void deref(struct object* object) {
    if (atomic_fetch_sub_explicit(&object->strong, 1, memory_order_acq_rel) != 1) return;
    pthread_mutex_lock(&mutex);
    if (slot == object) {
        slot = NULL;
        weak_deref(object);
    }
    pthread_mutex_unlock(&mutex);
    object->alive = 0;
    weak_deref(object);
}

static int upgrade(struct object* object) {
    int seen = atomic_load_explicit(&object->strong, memory_order_relaxed);
    while (seen > 0) {
        if (atomic_compare_exchange_strong_explicit(&object->strong, &seen, seen + 1, memory_order_acquire,
                                                    memory_order_relaxed)) {
            return 1;
        }
    }
    return 0;
}

static struct object* intern(void) {
    pthread_mutex_lock(&mutex);
    struct object* found = slot;
    if (found == NULL || !upgrade(found)) {
        if (found != NULL) weak_deref(found);
        found = slot = make();
    }
    pthread_mutex_unlock(&mutex);
    return found;
}

static void* drop(void* first) {
    deref(first);
    return NULL;
}

static void* use(void* nothing) {
    struct object* const object = intern();
    assert(object->alive == 1);
    deref(object);
    return nothing;
}

int main(void) {
    pthread_t threads[THREADS];
    slot = make();
    pthread_create(&threads[0], NULL, drop, slot);
    for (int i = 1; i < THREADS; ++i) pthread_create(&threads[i], NULL, use, NULL);
    for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    return 0;
}
