#include "reports/writers/sarif_rules.hpp"

namespace revenant::reports {

using K = model::FindingKind;

const std::vector<SarifRule>& sarif_rules() {
    static const std::vector<SarifRule> rules{
        {K::resurrection, "Resurrection", "A strong count went from 0 back to 1.",
         "One thread dropped the last reference, so that the object is being destroyed, and another thread "
         "took "
         "a new reference all the same. It now holds a pointer to an object that is going away.",
         "Take a reference only if the count is not 0 (a CAS loop), or under the lock that the last release "
         "takes before it removes the object."},
        {K::use_after_free, "UseAfterFree", "An object is used after its memory was freed.",
         "A thread reads or writes an object that another step of the execution has freed. The memory may "
         "belong to something else by then.",
         "Find the step that freed it, and ask which reference should have kept the object alive until the "
         "use."},
        {K::double_free, "DoubleFree", "Memory is freed that is not allocated.",
         "Two threads, or one thread twice, freed one object. The allocator's own state is damaged.",
         "Only the thread whose decrement returned the last reference may free; look for a second load of "
         "the "
         "count that decides about it."},
        {K::double_destroy, "DoubleDestroy", "An object is destroyed twice.",
         "The destructor ran twice for one object, and everything that it owns is released twice.",
         "Only the thread whose decrement took the count to 0 may destroy."},
        {K::leak, "Leak", "At quiescence memory is left that nobody frees.",
         "All threads have ended, nobody can reach the object, and it was never freed: a reference was lost, "
         "or "
         "counted and never given back.",
         "Follow the count of the object to its last change, and ask who owed the decrement."},
        {K::data_race, "DataRace", "Two accesses to plain data, one a write, are not ordered.",
         "Nothing synchronises the two accesses. The behaviour is undefined, whatever the hardware makes of "
         "it.",
         "An acquire must read what the other thread's release wrote, or both accesses belong under one "
         "lock."},
        {K::deadlock, "Deadlock", "The threads wait for each other for ever.",
         "Each thread that is left waits for a lock that will not be released.",
         "Take locks in one order, and call nothing unknown (a destructor, a callback) with a lock held."},
        {K::livelock, "Livelock", "The threads take steps without end and get nowhere.",
         "A loop waits for something that no thread will do any more, or the threads undo each other's work.",
         "Ask what each waiting loop waits for, and which thread was to bring it about."},
        {K::uninitialised_read, "UninitialisedRead", "Something is read before its first value is visible.",
         "The reader got hold of an object before the writes that initialise it were published to it.",
         "Publish the pointer with a release store after the object is complete, and read it with an "
         "acquire."},
        {K::counter_overflow, "CounterOverflow", "A counter went past its maximum.",
         "The count starts again at 0 while references live, and the object is freed under them.",
         "Refuse to count past a limit, or find the references that are taken and never given back."},
        {K::counter_underflow, "CounterUnderflow", "A counter was taken below 0.",
         "A reference was given back that had not been taken; the object may be freed while another is in "
         "use.",
         "Find the decrement without an increment: an error path that releases twice is the usual one."},
        {K::invariant, "Invariant", "A rule of the scenario does not hold.",
         "The scenario states what must be true of its subject at this point, and it is not.",
         "The message names the rule; replay the schedule and look at the last steps before it broke."},
        {K::assertion, "Assertion",
         "An assertion of the code's own fails, or the program ends with an error.",
         "The implementation checks a condition that this interleaving makes false; or the program ends with "
         "an exception that nobody catches, an access to memory that is not there, abort, or a status other "
         "than 0. The message says which.",
         "Replay the schedule; what the code takes for granted does not hold once another thread acts in "
         "between."},
    };
    return rules;
}

std::string rule_id(K kind) { return std::string("revenant/") + model::to_text(kind); }

}  // namespace revenant::reports
