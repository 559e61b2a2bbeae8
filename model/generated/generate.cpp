#include "model/generated/generate.hpp"

#include <iterator>

#include "model/generated/edit.hpp"
#include "model/generated/shapes.hpp"

namespace revenant::model::generated {
namespace {

// What `full` can do in executions_max, stale reads and spurious failures included.
constexpr double interleavings_max = 3'500;

struct Class {
    std::string_view name;
    Code (*make)(Dice&);
};
constexpr Class classes[] = {
    {"store buffering", store_buffering},
    {"seq_cst fences", fenced},
    {"message passing", message_passing},
    {"publication", publication},
    {"CAS contention", cas_contention},
    {"weak CAS", weak_cas},
    {"raising", raising},
    {"critical sections", critical_sections},
    {"locks and atomics", locks_and_atomics},
    {"free or use", free_or_use},
    {"threads alike", alike},
    {"coherence", coherence},
    {"four threads", four_threads},
    {"chain", chain},
    {"tries", tries},
    {"several at once", several_at_once},
    {"sharing", sharing},
    {"conditions", conditions},
    {"done once", done_once},
    {"latched", latched},
    {"anything", anything},
    {"bits of a word", bits},
};

}  // namespace

Code Generator::next() {
    Dice dice(random_);
    return cut_to(interleavings_max, classes[turn_++ % std::size(classes)].make(dice));
}

std::string_view Generator::class_name() const {
    return classes[(turn_ + std::size(classes) - 1) % std::size(classes)].name;
}

std::size_t class_count() { return std::size(classes); }

}  // namespace revenant::model::generated
