#include "reports/import/operations/frames.hpp"

#include <doctest/doctest.h>

namespace revenant::reports {
namespace {

Frame frame(const char* function) { return {function, {}, 0}; }
std::vector<Frame> stack(const std::vector<const char*>& functions) {
    std::vector<Frame> frames;
    for (const auto* const function : functions) frames.push_back(frame(function));
    return frames;
}

TEST_CASE("what every thread begins with is known, in whatever namespace a library has it") {
    for (const auto* const start : {"clone", "__clone3", "__GI___clone", "start_thread", "_pthread_start",
                                    "BaseThreadInitThunk", "g_thread_proxy", "execute_native_thread_routine",
                                    "boost::(anonymous namespace)::thread_proxy(void*)",
                                    "std::sys::unix::thread::Thread::new::thread_start", "runtime.goexit()"})
        CHECK_MESSAGE(begins_thread(frame(start)), std::string(start));
    for (const auto* const own : {"Shape::clone() const", "main", "Worker::run()", "thread_pool_start"})
        CHECK_MESSAGE(!begins_thread(frame(own)), std::string(own));
}

TEST_CASE("an operation of an atomic type is known, and its constructor is none") {
    for (const auto* const operation :
         {"std::atomic<int>::fetch_add(int, std::memory_order)", "std::__atomic_base<int>::fetch_sub(int)",
          "sync/atomic.AddInt32()", "QBasicAtomicInteger<int>::deref()", "__atomic_fetch_add_4"})
        CHECK_MESSAGE(is_atomic_operation(frame(operation)), std::string(operation));
    for (const auto* const other : {"std::atomic<int>::atomic(int)", "Job::ref()", "main.(*Conn).Ref()"})
        CHECK_MESSAGE(!is_atomic_operation(frame(other)), std::string(other));
}

TEST_CASE("a container that grows moves its block, and one that ends frees it") {
    CHECK(freeing(stack({"operator delete(void*)", "std::vector<Row>::_M_realloc_insert(Row*)",
                         "Rows::add()"})) == Freeing::moved);
    CHECK(freeing(stack({"operator delete(void*)", "std::vector<Row>::~vector()", "Rows::~Rows()"})) ==
          Freeing::free);
    // Who frees, and is called by a container that grows, is another.
    CHECK(freeing(stack({"free", "Row::unref()", "std::vector<Row>::_M_realloc_insert(Row*)"})) ==
          Freeing::free);
    CHECK(freeing(stack({"realloc", "grow"})) == Freeing::moved);
    CHECK(freeing(stack({"Rows::add()", "operator delete(void*)"})) == Freeing::none);
}

}  // namespace
}  // namespace revenant::reports
