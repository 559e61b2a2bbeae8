// Treiber's stack: each thread pushes and pops, with two tries for each. Nodes are not given back.
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#define THREADS 3
#define TRIES 2

struct node {
    int value;
    struct node* below;
};

static _Atomic(struct node*) top;
static struct node nodes[THREADS];

static void push(struct node* node, int value) {
    node->value = value;
    struct node* first = atomic_load_explicit(&top, memory_order_relaxed);
    for (int i = 0; i < TRIES; ++i) {
        node->below = first;
        if (atomic_compare_exchange_strong_explicit(&top, &first, node, memory_order_release,
                                                    memory_order_relaxed)) {
            return;
        }
    }
}

static int pop(void) {
    struct node* first = atomic_load_explicit(&top, memory_order_acquire);
    for (int i = 0; i < TRIES && first != NULL; ++i) {
        struct node* const below = first->below;
        if (atomic_compare_exchange_strong_explicit(&top, &first, below, memory_order_acquire,
                                                    memory_order_acquire)) {
            return first->value;
        }
    }
    return 0;
}

static void* push_and_pop(void* number) {
    push(&nodes[(size_t)number], (int)(size_t)number + 1);
    const int value = pop();
    assert(value >= 0 && value <= THREADS);
    return NULL;
}

int main(void) {
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; ++i) pthread_create(&threads[i], NULL, push_and_pop, (void*)i);
    for (int i = 0; i < THREADS; ++i) pthread_join(threads[i], NULL);
    return 0;
}
