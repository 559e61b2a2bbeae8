// catalogue: what a person writes a catalogue with: scenarios, the implementations that run in them, and what
// is claimed of each. One function template says it once for every world:
//
//   template <class P>
//   void my_races(revenant::catalogue<P>& c) {
//       c.scenario("cache/lookup_vs_drop", "one thread looks up what the other drops")
//           .threads(2, 3)
//           .correct("not_zero", revenant::runs<LookupVsDrop<P, NotZero>>)
//           .broken("blind", revenant::runs<LookupVsDrop<P, Blind>>, {revenant::resurrection});
//   }
//   REVENANT_CATALOGUE(my_races)
//
// What runs is a model::Program, or a scenario's body: see body.hpp. The program is an argument and no
// template argument: `c` depends on P, and C++ would ask for `.template correct<…>`.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <revenant/platform.hpp>
#include <revenant/scenarios/body.hpp>
#include <revenant/scenarios/entry.hpp>

namespace revenant {

// The kinds of findings, as a claim names them.
using enum model::FindingKind;

/// What else there is to say of an implementation in a scenario.
struct claim_details {
    /// The correct implementation of what a broken one gets wrong. Without: the one that its name has
    /// before a `+`, or the only correct one of the scenario.
    std::string_view fix = {};
    unsigned from_threads = 2;                      ///< broken: with so many threads or more
    bool only_stale = false;                        ///< broken: only by a stale read or a spurious failure
    std::vector<model::OrderOverride> orders = {};  ///< places that run with another memory order
    unsigned exhaustive_threads_max = 4;            ///< as scenarios::Entry has it
    bool fenced = false;                            ///< as scenarios::Entry has it
};

/// This place runs with a relaxed memory order: a mutant without a copy of the code.
[[nodiscard]] inline std::vector<model::OrderOverride> relaxed_at(const order_site& site) {
    return {{site.name, std::memory_order::relaxed}};
}

/// The type of what an implementation runs, as a value.
template <class Program>
struct runs_t {
    using type = Program;
};
template <class Program>
inline constexpr runs_t<Program> runs{};

template <class P>
class catalogue {
public:
    explicit catalogue(scenarios::Catalogue& written) : written_(written) {}

    /// A scenario's rows.
    class rows {
    public:
        /// The numbers of threads that it can be run with. Without: any from two. More than the model's world
        /// has room for are cut down to these.
        rows& threads(unsigned fewest, unsigned most) {
            auto& scenario = written_->scenarios[index_];
            scenario.threads_min = fewest;
            scenario.threads_max = most;
            return *this;
        }
        template <class Program>
        rows& correct(std::string_view implementation, runs_t<Program> program, claim_details details = {}) {
            return claimed(implementation, program, {}, std::move(details));
        }
        template <class Program>
        rows& broken(std::string_view implementation, runs_t<Program> program,
                     std::vector<model::FindingKind> kinds, claim_details details = {}) {
            const scenarios::Claim claim{details.from_threads, std::move(kinds), details.only_stale};
            return claimed(implementation, program, claim, std::move(details));
        }
        /// A body: a function object without state that is called with a revenant::scenario<P>&.
        template <class Body>
        rows& correct(std::string_view implementation, Body, claim_details details = {}) {
            return correct(implementation, runs<Body>, std::move(details));
        }
        template <class Body>
        rows& broken(std::string_view implementation, Body, std::vector<model::FindingKind> kinds,
                     claim_details details = {}) {
            return broken(implementation, runs<Body>, std::move(kinds), std::move(details));
        }
        /// Correct or broken, as the claim says.
        template <class Program>
        rows& claimed(std::string_view implementation, runs_t<Program>, scenarios::Claim claim,
                      claim_details details = {}) {
            written_->entries.push_back({.scenario = written_->scenarios[index_].id,
                                         .implementation = implementation,
                                         .claim = std::move(claim),
                                         .make = scenarios::program_of<P, Program>,
                                         .overrides = std::move(details.orders),
                                         .exhaustive_threads_max = details.exhaustive_threads_max,
                                         .fenced = details.fenced,
                                         .fix = details.fix});
            return *this;
        }

    private:
        friend catalogue;
        rows(scenarios::Catalogue& written, std::size_t index) : written_(&written), index_(index) {}

        scenarios::Catalogue* written_ = nullptr;
        std::size_t index_ = 0;
    };

    /// A new scenario. Both texts have static storage duration; the id is `subject/event_vs_event`.
    rows scenario(std::string_view id, std::string_view summary) {
        written_.scenarios.push_back({id, summary});
        return {written_, written_.scenarios.size() - 1};
    }
    /// More rows of one that there is. Ends the process with a line if there is none.
    rows scenario(std::string_view id) {
        for (std::size_t i = 0; i < written_.scenarios.size(); ++i) {
            if (written_.scenarios[i].id == id) return {written_, i};
        }
        std::fprintf(stderr, "revenant: a catalogue has rows of '%.*s' before it has this scenario\n",
                     static_cast<int>(id.size()), id.data());
        std::abort();
    }

private:
    scenarios::Catalogue& written_;
};

}  // namespace revenant

namespace revenant::scenarios {

/// The catalogue that `write`, a function of a catalogue<P>&, writes.
template <class P, class Write>
[[nodiscard]] Catalogue written(Write write) {
    Catalogue all;
    catalogue<P> to(all);
    write(to);
    return all;
}

}  // namespace revenant::scenarios
