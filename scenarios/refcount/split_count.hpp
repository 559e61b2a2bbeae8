// The split count of a lock-free `atomic<shared_ptr>`: one word has which object a handle holds, and how many
// threads are about to take a reference on it. Runs in refcount/one_handle_two_threads.
//
// Who copies counts itself into the word first, so that the object stays, then takes its reference in the
// object, and then leaves the word again. Who assigns finds in the old word how many are on their way, and
// leaves a reference for each of them; these drop it when they see that the word has changed.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include <revenant/platform.hpp>
#include "model/program.hpp"
#include "scenarios/calls.hpp"

namespace revenant::scenarios {

enum class Copies : unsigned char {
    by_word,
    by_stale_pointer,  ///< WRONG ON PURPOSE: it reads the word and counts in an object that may be gone.
                       ///< Convicted by refcount/one_handle_two_threads
};

template <class P, Copies copies>
class SplitCountHandle final : public model::Program {
    // What the handle's own reference weighs: more than all who may be on their way, so that none of them
    // takes the count to 0 before the handle has let go.
    static constexpr std::int32_t own_weight = 100;
    static constexpr std::uint32_t index_shift = 16;

    struct Object {
        typename P::template atomic<std::int32_t> count{own_weight, {"strong", cell_role::strong_count}};
        typename P::template var<int> value{7, {"value"}};
    };
    struct Handle {
        typename P::template atomic<std::uint32_t> word{0, {"word"}};
    };

public:
    explicit SplitCountHandle(unsigned) {}
    [[nodiscard]] unsigned symmetry_class(unsigned thread) const override { return thread == 0 ? 0 : 1; }
    void setup() override {
        objects_ = {P::template make<Object>("object"), nullptr};
        handle_ = P::template make<Handle>("handle");
    }
    void thread(unsigned index) override {
        if (index == 0) {
            objects_[1] = P::template make<Object>("object");
            return assign();
        }
        calls<P>("clone");
        Object* const copy = copies == Copies::by_word ? copied() : copied_by_stale_pointer();
        calls<P>("read");
        reads(copy->value.get());
        calls<P>("release");
        drop(copy, 1);
    }
    void teardown() override {
        drop(objects_[handle_->word.load(std::memory_order::relaxed) >> index_shift], own_weight);
        P::destroy(handle_);
    }

private:
    void assign() {
        calls<P>("assign");
        // Order: acq_rel. Partner: the `fetch_add` of who copies. Crosses: the new object to them (release
        // half); that they have come, from them (acquire half). Weaker: a data race with the new object's
        // making.
        const auto old = handle_->word.exchange(1u << index_shift, std::memory_order::acq_rel);
        const auto on_their_way = static_cast<std::int32_t>(old & ((1u << index_shift) - 1));
        drop(objects_[old >> index_shift], own_weight - on_their_way);
    }

    Object* copied() {
        // Order: acquire. Partner: `assign`. Crosses: the object that the word names.
        const auto seen = handle_->word.fetch_add(1, std::memory_order::acquire);
        Object* const object = objects_[seen >> index_shift];
        // Order: relaxed. Partner: none; being counted in the word keeps the object. Crosses: nothing.
        object->count.fetch_add(1, std::memory_order::relaxed);
        auto expected = seen + 1;
        while (expected >> index_shift == seen >> index_shift) {
            // Order: release. Partner: `assign`. Crosses: the reference that was taken above: relaxed,
            // whoever assigns could drop the object before that is counted. On failure: relaxed, for the next
            // guess.
            if (handle_->word.compare_exchange_strong(expected, expected - 1, std::memory_order::release,
                                                      std::memory_order::relaxed)) {
                return object;
            }
        }
        // The one that `assign` has left; the own one is there still, so that it is not the last.
        // Order: acq_rel, as in `drop`.
        object->count.fetch_sub(1, std::memory_order::acq_rel);
        return object;
    }

    Object* copied_by_stale_pointer() {
        Object* const object = objects_[handle_->word.load(std::memory_order::acquire) >> index_shift];
        object->count.fetch_add(1, std::memory_order::relaxed);
        return object;
    }

    static void drop(Object* object, std::int32_t weight) {
        // Order: acq_rel. Partner: every other drop. Crosses: what the holders did, into the free.
        if (object->count.fetch_sub(weight, std::memory_order::acq_rel) == weight) P::destroy(object);
    }

    std::array<Object*, 2> objects_{};  ///< by the index in the word; it never holds an address
    Handle* handle_ = nullptr;
};

}  // namespace revenant::scenarios
