// A queue of Michael and Scott's kind: each thread appends and takes, with two tries.
// Nodes are not given back.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define THREADS 3
#define TRIES 2

struct node {
    int value;
    _Atomic(struct node*) next;
};

static struct node nodes[THREADS + 1];
static _Atomic(struct node*) head = &nodes[0];
static _Atomic(struct node*) tail = &nodes[0];

static void append(struct node* node, int value) {
    node->value = value;
    for (int i = 0; i < TRIES; ++i) {
        struct node* last = atomic_load_explicit(&tail, memory_order_acquire);
        struct node* next = atomic_load_explicit(&last->next, memory_order_acquire);
        if (next != NULL) {  // somebody has not got to the tail yet
            atomic_compare_exchange_strong_explicit(&tail, &last, next, memory_order_release,
                                                    memory_order_relaxed);
        } else if (atomic_compare_exchange_strong_explicit(&last->next, &next, node, memory_order_release,
                                                           memory_order_relaxed)) {
            atomic_compare_exchange_strong_explicit(&tail, &last, node, memory_order_release,
                                                    memory_order_relaxed);
            return;
        }
    }
}

static int take(void) {
    struct node* first = atomic_load_explicit(&head, memory_order_acquire);
    struct node* const next = atomic_load_explicit(&first->next, memory_order_acquire);
    if (next == NULL) return 0;
    if (!atomic_compare_exchange_strong_explicit(&head, &first, next, memory_order_acq_rel,
                                                 memory_order_relaxed)) {
        return 0;
    }
    return next->value;
}

static void* append_and_take(void* number) {
    append(&nodes[(size_t)number + 1], (int)(size_t)number + 1);
    const int value = take();
    assert(value >= 0 && value <= THREADS);
    return NULL;
}

int main(void) {
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; ++i) {
        pthread_create(&threads[i], NULL, append_and_take, (void*)i);
    }
    for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    return 0;
}
