#include "reports/import/formats/sides.hpp"

#include <utility>

#include "reports/import/operations/frames.hpp"

namespace revenant::reports {
namespace {

constexpr std::size_t frames_max = 256;  // of a stack; the sanitizers' own limit

// `operator delete`, `free`: the deed is the end of a life, whatever a tool calls the access.
void name_the_free(Deed& deed) {
    const auto how = freeing(deed.stack);
    if (how == Freeing::none || deed.act == Act::allocate) return;
    if (deed.words != "second free")
        deed.words = how == Freeing::moved ? "free, by a call that moves the block" : "free";
    deed.act = how == Freeing::moved ? Act::moved : Act::free;
}

// Valgrind's tools and Go's name the function, and not that what it does is atomic.
void name_the_atomic(Deed& deed) {
    if (deed.act != Act::read && deed.act != Act::write) return;
    const auto own = own_frames(deed.stack, 1);
    if (own.empty() || !is_atomic_operation(*own.front())) return;
    deed.act = deed.act == Act::read ? Act::atomic_read : Act::atomic_write;
    deed.words = "atomic " + deed.words;
}

}  // namespace

void Sides::begin(Of of, Act act, std::string words, std::string thread) {
    Deed& deed = of == Of::first ? first_ : second_;
    deed_ = deed.words.empty() ? &deed : &ignored_;
    deed_->act = act;
    deed_->words = std::move(words);
    deed_->thread = std::move(thread);
    last_number_ = 0;
    if (deed_ == &ignored_) ignored_ = {};
}

void Sides::add(const Frame& frame, unsigned number) {
    if (deed_ == nullptr) return;
    const bool begins_anew = number <= last_number_ && !deed_->stack.empty();
    if (begins_anew) deed_ = &ignored_;
    last_number_ = number;
    if (deed_ != &ignored_ && deed_->stack.size() < frames_max) deed_->stack.push_back(frame);
}

void Sides::finish(BugReport& report, const std::string& other) {
    const bool half = !has_first();
    for (auto* const deed : {&first_, &second_}) {
        if (deed->words.empty()) continue;
        name_the_free(*deed);
        if (report.kinds.front() == model::FindingKind::data_race) name_the_atomic(*deed);
        report.deeds.push_back(std::move(*deed));
    }
    if (report.deeds.size() != 1) return;
    if (half) {
        report.missing.emplace_back("the side that comes first in such a report");
    } else if (!other.empty()) {
        report.missing.push_back(other);
    }
}

}  // namespace revenant::reports
