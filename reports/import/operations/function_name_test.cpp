#include "reports/import/operations/function_name.hpp"

#include <doctest/doctest.h>

#include <utility>

namespace revenant::reports {
namespace {

TEST_CASE("a bare name is what is left of a function without its templates, parameters and return type") {
    const std::pair<const char*, const char*> names[] = {
        {"main", "main"},
        {"revenant::Content<a::b<int>>::key() const", "revenant::Content::key"},
        {"void p::destroy<revenant::Config<p> >(revenant::Config<p>*, std::source_location)", "p::destroy"},
        {"(anonymous namespace)::worker(int)", "(anonymous namespace)::worker"},
        {"http.ProxyTunnel.startProxyHandshake", "http.ProxyTunnel.startProxyHandshake"},
        {"std::shared_ptr<Foo>::~shared_ptr()", "std::shared_ptr::~shared_ptr"},
        {"f(void (*)(int))", "f"},
        {"", ""},
        {"<<<(", ""},
        {")>]}x", "x"},
    };
    for (const auto& [function, bare] : names) CHECK(bare_name(function) == std::string(bare));
}

TEST_CASE("the names of operators, closures and selectors are whole") {
    const std::pair<const char*, const char*> names[] = {
        {"Ref::operator->() const", "Ref::operator->"},
        {"Arena::operator delete(void*)", "Arena::operator delete"},
        {"operator delete[](void*, unsigned long)", "operator delete[]"},
        {"Less<int>::operator()(int, int) const", "Less::operator()"},
        {"std::ostream& operator<<<int>(std::ostream&, int)", "operator<<"},
        {"Foo::operator bool() const", "Foo::operator bool"},
        {"app::serve::{{closure}}", "app::serve::{{closure}}"},
        {"run()::{lambda(int)#1}::operator()(int) const", "run::{lambda(int)#1}::operator()"},
        {"-[Job release]", "-[Job release]"},
        {"+[Job jobWithName:size:]", "+[Job jobWithName:size:]"},
        {"main.(*Job).Release()", "main.(*Job).Release"},
        {"job_put.isra.0", "job_put"},
        {"CDoc::`scalar deleting destructor'(unsigned int)", "CDoc::~CDoc"},
        {"`anonymous namespace'::run(void)", "`anonymous namespace'::run"},
        {"`lost", "lost"},
        {"Job::put() [clone .cold]", "Job::put"},
        {"my_operator_new(int)", "my_operator_new"},
    };
    for (const auto& [function, bare] : names) CHECK(bare_name(function) == std::string(bare));
}

TEST_CASE("a name has an owner, a word, parameters, and in Rust the type that has a trait") {
    const auto copy = function_name("std::shared_ptr<Map>::shared_ptr(std::shared_ptr<Map> const&)");
    CHECK(copy.owner == "std::shared_ptr");
    CHECK(copy.word == "shared_ptr");
    CHECK(copy.parameters == "std::shared_ptr<Map> const&");
    const auto drop = function_name("<alloc::sync::Arc<T> as core::ops::drop::Drop>::drop");
    CHECK(drop.owner == "core::ops::drop::Drop");
    CHECK(drop.word == "drop");
    CHECK(drop.self == "alloc::sync::Arc");
    const auto place = function_name("core::ptr::drop_in_place<alloc::sync::Arc<app::State>>");
    CHECK(place.word == "drop_in_place");
    CHECK(place.arguments == "alloc::sync::Arc<app::State>");
}

TEST_CASE("the words of an identifier are the same however it is spelled") {
    using Words = std::vector<std::string>;
    CHECK(words_of("ThreadSafeRefCount") == Words{"thread", "safe", "ref", "count"});
    CHECK(words_of("thread_safe_ref_count") == Words{"thread", "safe", "ref", "count"});
    CHECK(words_of("nsCOMPtr") == Words{"ns", "com", "ptr"});
    CHECK(words_of("_M_add_ref_copy") == Words{"m", "add", "ref", "copy"});
    CHECK(words_of("incStrong") == Words{"inc", "strong"});
    CHECK(words_of("").empty());
}

}  // namespace
}  // namespace revenant::reports
