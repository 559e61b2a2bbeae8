// A program that sends signals to its threads: there is no model of that, and it is refused.
#include <pthread.h>

#include <csignal>

int main() { return pthread_kill(pthread_self(), 0); }
