#include "reports/import/vocabulary.hpp"

#include <doctest/doctest.h>

namespace revenant::reports {
namespace {

TEST_CASE("a bare name is what is left of a function without its templates, parameters and return type") {
    const std::pair<const char*, const char*> names[] = {
        {"main", "main"},
        {"revenant::Content<a::b<int>>::key() const", "revenant::Content::key"},
        {"void p::destroy<revenant::Config<p> >(revenant::Config<p>*, std::source_location)", "p::destroy"},
        {"(anonymous namespace)::worker(int)", "::worker"},
        {"http.ProxyTunnel.startProxyHandshake", "http.ProxyTunnel.startProxyHandshake"},
        {"std::shared_ptr<Foo>::~shared_ptr()", "std::shared_ptr::~shared_ptr"},
        {"f(void (*)(int))", "f"},
        {"", ""},
        {"<<<(", ""},
        {")>]}x", "x"},
    };
    for (const auto& [function, bare] : names) CHECK(bare_name(function) == bare);
}

TEST_CASE("what people call the operations is known by the scenarios' words, however it is spelled") {
    const std::pair<const char*, const char*> calls[] = {
        {"registry<T>::intern(T*)", "intern"},
        {"Cache::GetOrCreate(std::string const&)", "intern"},
        {"ptr.ref_count.ThreadSafeRefCount.deref", "release"},
        {"RefCounted::Release()", "release"},
        {"std::_Sp_counted_base<2>::_M_release()", "release"},
        {"std::shared_ptr<int>::~shared_ptr()", "release"},
        {"std::weak_ptr<int>::~weak_ptr()", "release_weak"},
        {"std::weak_ptr<int>::lock() const", "upgrade"},
        {"std::mutex::lock()", ""},
        {"Object::AddRef()", "clone"},
        {"x::weak_deref()", "release_weak"},
        {"Foo::~Foo()", ""},
        {"intern_read_release", ""},
        {"Cache::put(Item)", ""},
        {"std::unique_ptr<int>::reset(int*)", ""},
        {"revenant::shared_ptr<int, P>::reset()", "release"},
        {"Arc::drop", "release"},
        {"operator delete(void*)", ""},
    };
    for (const auto& [function, call] : calls) CHECK_MESSAGE(call_of(function) == call, function);
}

TEST_CASE("of a stack it is the outermost operation that counts") {
    const std::vector<Frame> stack{{"Content::key()", "", 0},
                                   {"Registry::remove()", "", 0},
                                   {"Config::deref()", "", 0},
                                   {"Subject::release()", "", 0},
                                   {"main", "", 0}};
    CHECK(outermost_call(stack) == "release");
    CHECK(outermost_call({{"weak::upgrade()", "", 0}, {"Registry::intern()", "", 0}}) == "intern");
    CHECK(outermost_call({{"Config::deref()", "", 0}, {"Socket::read()", "", 0}}) == "release");
    CHECK(outermost_call({{"Content::key()", "", 0}, {"Socket::read()", "", 0}}) == "read");
    CHECK(outermost_call({}).empty());
    CHECK(outermost_call({{"main", "", 0}}).empty());
}

}  // namespace
}  // namespace revenant::reports
