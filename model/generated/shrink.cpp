#include "model/generated/shrink.hpp"

#include <sstream>

#include "model/generated/edit.hpp"

namespace revenant::model::generated {
namespace {

// Simpler in this order: fewer threads, fewer statements, plainer statements.
std::vector<Code> simpler(const Code& code) {
    std::vector<Code> result;
    for (std::size_t t = 0; t < code.threads.size(); ++t) result.push_back(without_thread(code, t));
    for (std::size_t t = 0; t < code.threads.size(); ++t) {
        for (std::size_t i = 0; i < code.threads[t].size(); ++i) result.push_back(without(code, t, i));
    }
    for (std::size_t t = 0; t < code.threads.size(); ++t) {
        for (std::size_t i = 0; i < code.threads[t].size(); ++i) {
            const auto with = [&](auto change) {
                auto plainer = code;
                change(plainer.threads[t][i]);
                if (plainer != code) result.push_back(std::move(plainer));
            };
            with([](Statement& s) { s.guard = unguarded; });
            with([](Statement& s) { s.order = std::memory_order::relaxed; });
            with([](Statement& s) { s.failure_order = std::memory_order::relaxed; });
            with([](Statement& s) {
                if (s.verb == Verb::cas_weak) s.verb = Verb::cas_strong;
            });
            with([](Statement& s) {
                if (s.verb == Verb::cas_strong || s.verb == Verb::exchange || s.verb == Verb::add) {
                    s = {.verb = Verb::store,
                         .place = s.place,
                         .operand = s.operand,
                         .order = s.order,
                         .guard = s.guard};
                }
            });
        }
    }
    return result;
}

}  // namespace

Shrunk shrink(const Code& code, const Mismatch& mismatch) {
    Shrunk best{code, mismatch};
    for (bool shrinks = true; shrinks;) {
        shrinks = false;
        for (const auto& candidate : simpler(best.code)) {
            if (!is_well_formed(candidate)) continue;
            auto comparison = compare(candidate);
            if (!comparison.mismatch) continue;
            best = {candidate, std::move(*comparison.mismatch)};
            shrinks = true;
            break;
        }
    }
    return best;
}

std::string to_text(const Shrunk& shrunk) {
    std::string text = "# " + std::string(shrunk.mismatch.strategy) +
                       (shrunk.mismatch.unordered_destroys_fail ? "" : ", unordered destroys pass") + "\n";
    std::istringstream lines(shrunk.mismatch.text);
    for (std::string line; std::getline(lines, line);) text += "# " + line + "\n";
    return text + to_text(shrunk.code);
}

}  // namespace revenant::model::generated
