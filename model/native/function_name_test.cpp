#include "model/native/function_name.hpp"

#include <doctest/doctest.h>

namespace revenant::model::native {
namespace {

TEST_CASE("a function is called by its name, without parameters and what it returns") {
    CHECK(name_alone("main") == "main");
    CHECK(name_alone("ConfCache::get(std::string const&) const") == "ConfCache::get");
    CHECK(name_alone("void Deque<int>::push<int>(int&&)") == "Deque<int>::push<int>");
    CHECK(name_alone("unsigned long Table::key<int>(int const&) const") == "Table::key<int>");
    CHECK(name_alone("(anonymous namespace)::work(void (*)(int))") == "(anonymous namespace)::work");
    CHECK(name_alone("std::pair<int, bool> f<int>(int) [clone .cold]") == "f<int>");
    CHECK(name_alone("Queue::~Queue()") == "Queue::~Queue");
}

TEST_CASE("long lists of template arguments are left out") {
    CHECK(name_alone("std::pair<Table<int, std::hash<int>, std::equal_to<int> >::iterator, bool> "
                     "Table<int, std::hash<int>, std::equal_to<int> >::put<int>(int&&)") ==
          "Table::put<int>");
    CHECK(name_alone("enqueue<test()::<lambda()>::<lambda()> >") == "enqueue");
}

TEST_CASE("an operator keeps its symbol, whichever brackets it has") {
    CHECK(name_alone("operator()") == "operator()");
    CHECK(name_alone("Call::operator()(int) const") == "Call::operator()");
    CHECK(name_alone("bool operator< <int>(A<int> const&, A<int> const&)") == "operator<<int>");
    CHECK(name_alone("A::operator->() const") == "A::operator->");
    CHECK(name_alone("A::operator bool() const") == "A::operator bool");
    CHECK(name_alone("A::operator unsigned long() const") == "A::operator unsigned long");
    CHECK(name_alone("operator new(unsigned long)") == "operator new");
    CHECK(name_alone("A::operators(int)") == "A::operators");
}

TEST_CASE("a lambda is called by the function that it stands in, and its number") {
    CHECK(name_alone("Pool::Pool(unsigned long)::{lambda()#1}::operator()() const") ==
          "Pool::Pool::{lambda#1}");
    CHECK(name_alone("test_3()::{lambda(int)#2}::operator()(int) const") == "test_3::{lambda#2}");
}

TEST_CASE("a name that is not understood stays as it is") {
    CHECK(name_alone("f<int(") == "f<int(");
    CHECK(name_alone("f(int").substr(0, 2) == "f(");
    CHECK(name_alone("").empty());
}

}  // namespace
}  // namespace revenant::model::native
