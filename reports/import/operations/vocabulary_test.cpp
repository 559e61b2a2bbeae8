#include "reports/import/operations/vocabulary.hpp"

#include <doctest/doctest.h>

namespace revenant::reports {
namespace {

/// A function, the operation that it is, and that it is one of somebody who was seen to free with it.
struct Word {
    const char* function;
    const char* call;
    Evidence evidence = {};
};
void check(const std::vector<Word>& words) {
    for (const auto& [function, call, evidence] : words) {
        CHECK_MESSAGE(Vocabulary::standard().call_of(function, evidence) == call, std::string(function));
    }
}
constexpr Evidence frees{true, false};
constexpr Evidence paired{false, true};

TEST_CASE("what people call the operations is known by the scenarios' words, however it is spelled") {
    check({{"registry<T>::intern(T*)", "intern"},
           {"Cache::GetOrCreate(std::string const&)", "intern"},
           {"ptr.ref_count.ThreadSafeRefCount.deref", "release"},
           {"RefCounted::Release()", "release"},
           {"Object::AddRef()", "clone"},
           {"x::weak_deref()", "release_weak"},
           {"Job::release()", "release", frees},
           {"Job::release()", "", {}},
           {"Job::retain()", "clone", paired},
           {"operator delete(void*)", ""}});
}

TEST_CASE("the insides of the standard libraries are operations on their counts") {
    check({{"std::_Sp_counted_base<(__gnu_cxx::_Lock_policy)2>::_M_release()", "release"},
           {"std::_Sp_counted_base<2>::_M_release_last_use()", "release"},
           {"std::_Sp_counted_base<2>::_M_add_ref_lock_nothrow()", "upgrade"},
           {"std::__shared_count<2>::~__shared_count()", "release"},
           {"std::__1::__shared_weak_count::__release_shared[abi:v160006]()", "release"},
           {"std::__1::__shared_count::__add_shared()", "clone"},
           {"std::shared_ptr<int>::~shared_ptr()", "release"},
           {"std::weak_ptr<int>::~weak_ptr()", "release_weak"},
           {"std::weak_ptr<int>::lock() const", "upgrade"},
           {"std::__shared_ptr<Map, (__gnu_cxx::_Lock_policy)2>::__shared_ptr(std::__shared_ptr<Map, "
            "(__gnu_cxx::_Lock_policy)2> const&)",
            "clone"},
           {"std::shared_ptr<Map>::shared_ptr(std::shared_ptr<Map>&&)", ""},
           {"std::shared_ptr<Map>::operator=(std::shared_ptr<Map> const&)", "assign"},
           {"revenant::shared_ptr<int, P>::reset()", "release"}});
}

TEST_CASE("the counts of well-known libraries are known") {
    check({{"base::subtle::RefCountedThreadSafeBase::AddRefImpl() const", "clone"},
           {"scoped_refptr<net::Job>::~scoped_refptr()", "release"},
           {"WTF::DefaultRefDerefTraits<Node>::derefIfNotNull(Node*)", "release"},
           {"WTF::ThreadSafeWeakPtrControlBlock::strongDeref<Node>() const", "release"},
           {"llvm::ThreadSafeRefCountedBase<File>::Release() const", "release"},
           {"llvm::IntrusiveRefCntPtr<File>::~IntrusiveRefCntPtr()", "release"},
           {"folly::IOBuf::decrementRefcount()", "release"},
           {"absl::cord_internal::CordRep::Unref(absl::cord_internal::CordRep*)", "release"},
           {"grpc_core::RefCount::RefIfNonZero()", "upgrade"},
           {"boost::detail::sp_counted_base::release()", "release"},
           {"boost::intrusive_ptr<Map>::~intrusive_ptr()", "release"},
           {"QSharedPointer<Doc>::deref(QtSharedPointer::ExternalRefCountData*)", "release"},
           {"Microsoft::WRL::ComPtr<CDoc>::InternalRelease()", "release"},
           {"g_atomic_rc_box_release_full", "release"},
           {"_Py_Dealloc", "release"},
           {"alloc::sync::Arc<T>::decrement_strong_count", "release"},
           {"l2cap_chan_put", "release"},
           {"kref_get_unless_zero", "upgrade"}});
}

TEST_CASE("who looks for a reference, or through a pointer, takes and drops none") {
    check({{"parse_ref", ""},
           {"git_reference", ""},
           {"find_reference", ""},
           {"job_ref", "clone"},
           {"Cursor::deref() const", ""},
           {"std::Iterator::deref", ""},
           {"JSValue::deref()", ""},
           {"Handle::deref()", "release"},
           {"Table::release()", "", frees}});
}

TEST_CASE("Rust's deref is a use, and its drop of a counted pointer a release") {
    check(
        {{"<alloc::sync::Arc<T> as core::ops::deref::Deref>::deref", ""},
         {"<alloc::sync::Arc<T,A> as core::ops::drop::Drop>::drop", "release"},
         {"<alloc::rc::Weak<T> as core::ops::drop::Drop>::drop", "release_weak"},
         {"<alloc::sync::Arc<T> as core::clone::Clone>::clone", "clone"},
         {"<alloc::vec::Vec<T> as core::ops::drop::Drop>::drop", ""},
         {"<app::Shape as core::clone::Clone>::clone", ""},
         {"alloc::sync::Arc<T,A>::drop_slow", "release"},
         {"alloc::sync::Weak<T>::upgrade", "upgrade"},
         {"core::ptr::drop_in_place<alloc::sync::Arc<app::State>>", "release"},
         {"core::ptr::drop_glue<alloc::sync::Arc<app::State>>::h0123456789abcdef", "release"},
         {"core::ptr::drop_in_place<alloc::boxed::Box<app::State>>", ""},
         {"core::ptr::drop_in_place$LT$alloc..sync..Arc$LT$app..State$GT$$GT$::h0123456789abcdef", "release"},
         {"_$LT$alloc..sync..Arc$LT$T$GT$$u20$as$u20$core..ops..drop..Drop$GT$::drop::h0123456789abcdef",
          "release"}});
}

TEST_CASE("names of C are operations by their ends, where what is before them counts") {
    check({{"chan_obj_ref", "clone"},
           {"chan_obj_unref", "release"},
           {"kref_get", "clone"},
           {"kref_put", "release"},
           {"chan_obj_put", "release"},
           {"session_put", ""},
           {"session_put", "release", paired},
           {"session_hold", "clone", paired},
           {"cache_get", ""},
           {"frame_incref", "clone"},
           {"frame_decref", "release"},
           {"job_add_ref", "clone"},
           {"job_addref", "clone"},
           {"job_release", "release", frees},
           {"job_retain", "clone", paired},
           {"refcount_inc_not_zero", "upgrade"},
           {"refcount_dec_and_test", "release"},
           {"g_object_unref", "release"},
           {"av_buffer_unref", "release"},
           {"objc_release", "release"},
           {"swift_retain", "clone"},
           {"intrusive_ptr_release", "release"},
           {"make_ref", ""},
           {"clone", ""},
           {"clone3", ""}});
}

TEST_CASE("what Android, Qt and COM call them is known") {
    check({{"android::RefBase::incStrong(void const*) const", "clone"},
           {"android::RefBase::decStrong(void const*) const", "release"},
           {"android::wp<Foo>::promote() const", "upgrade"},
           {"android::sp<Foo>::~sp()", "release"},
           {"nsCOMPtr<nsIFoo>::~nsCOMPtr()", "release"},
           {"scoped_refptr<Foo>::~scoped_refptr()", "release"},
           {"WTF::RefPtr<Foo>::~RefPtr()", "release"},
           {"QSharedPointer<Foo>::~QSharedPointer()", "release"},
           {"boost::detail::sp_counted_base::release()", "release"}});
}

TEST_CASE("other people's things have the same words, and count nothing") {
    check({{"Shape::clone() const", ""},
           {"std::counting_semaphore<1>::release(long)", "", frees},
           {"std::mutex::release()", "", frees},
           {"std::unique_ptr<int>::release()", "", frees},
           {"std::unique_ptr<int>::reset(int*)", ""},
           {"std::unique_ptr<int>::~unique_ptr()", ""},
           {"alloc::vec::Vec<T>::retain", ""},
           {"SharedMutex::upgrade()", ""},
           {"std::unique_lock<std::mutex>::release()", "", frees},
           {"ThreadPool::release()", "", frees},
           {"std::mutex::lock()", ""},
           {"SharedMemory::reset()", ""},
           {"Cache::put(Item)", ""},
           {"Foo::~Foo()", ""},
           {"std::ref(int&)", ""},
           {"std::optional<int>::reset()", ""},
           {"my_shared_ptr_pool<Task>::make()", ""},
           {"void memory::detail::release<Job>(Job*)", "", frees},
           {"QSemaphore::release(int)", "", frees}});
}

TEST_CASE("a user's rows come before ours, and a line that is none is told by its number") {
    const auto own = Vocabulary::with_rows("# ours\nrelease bury =Corpse\nnone deref any\n\n");
    REQUIRE(own);
    CHECK(own->call_of("Corpse::bury()") == "release");
    CHECK(own->call_of("Other::bury()").empty());
    CHECK(own->call_of("Entry::deref()").empty());
    CHECK(own->call_of("Entry::unref()") == "release");
    const std::pair<const char*, const char*> bad[] = {
        {"free bury any", "line 1: an operation is"},
        {"\nrelease bury", "line 2: a row is OPERATION WORD OWNER"},
        {"release bury any more", "line 1: a row is OPERATION WORD OWNER"},
    };
    for (const auto& [rows, error] : bad) {
        const auto made = Vocabulary::with_rows(rows);
        REQUIRE_FALSE(made);
        CHECK_MESSAGE(made.error().starts_with(error), made.error());
    }
}

TEST_CASE("a log's verb is about a count, whatever it is called elsewhere") {
    const auto& words = Vocabulary::standard();
    CHECK(words.call_of_verb("deref") == "release");
    CHECK(words.call_of_verb("AddRef") == "clone");
    CHECK(words.call_of_verb("acquire") == "clone");
    CHECK(words.call_of_verb("weak_ref") == "downgrade");
    CHECK(words.call_of_verb("frobnicate").empty());
}

}  // namespace
}  // namespace revenant::reports
