#include "harness/search/dpor_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

#include "harness/search/checkpoint.hpp"
#include "harness/search/jobs.hpp"
#include "harness/search/portfolio.hpp"
#include "harness/search/rank_search.hpp"
#include "model/search/dpor_worker.hpp"
#include "model/stopwatch.hpp"

namespace revenant::harness {
namespace {

using model::Ending;
using model::Outcome;
using Cause = SearchError::Cause;
using model::search::Dpor;
using model::search::DporWorker;
using model::search::Part;
using model::search::PartReport;
using model::search::WorkList;

constexpr double save_seconds = 60;
constexpr std::size_t parts_of_a_share = 16;  // or the shares differ much in size

/// One search on its way.
class Search {
public:
    Search(const Run& run, const SearchSettings& settings, const model::relacy::ExploreOptions& options)
        : run_(run), settings_(settings), options_(options), classes_(classes_of(run, settings.symmetry)) {
        if (settings.checkpoint.empty()) return;
        checkpoint_.emplace(
            settings.checkpoint,
            SearchKey{std::string(run.entry->scenario), std::string(run.entry->implementation), run.threads,
                      settings.symmetry, to_text(settings.shard), options.newest_only, options.rounds_max});
    }

    Outcome run() {
        auto loaded = load();
        if (loaded) {
            list_ = std::move(*loaded);
        } else if (settings_.shard) {
            if (auto outcome = take_share()) return *std::move(outcome);
        }
        list_.on_merged([this] { pass_milestone(); });
        // A file that takes no text is better known now than in an hour.
        if (checkpoint_ && !loaded && !list_.finished()) {
            if (const auto error = checkpoint_->save(list_)) {
                throw SearchError{Cause::checkpoint_not_written, *error};
            }
        }
        const bool here_alone = settings_.jobs == 1 && settings_.ranks == nullptr;
        Outcome outcome = here_alone ? here() : in_processes();
        // Nothing is saved: what is wrong with the file would go on in it.
        if (loaded && outcome.ending == Ending::diverged) {
            throw SearchError{Cause::checkpoint_not_read,
                              settings_.checkpoint +
                                  " does not fit: the program has other choices than it. "
                                  "It is damaged, or the test is not deterministic"};
        }
        finish(outcome);
        return outcome;
    }

private:
    /// The list in this process, saved now and then.
    class Work final : public model::search::WorkSource {
    public:
        /// So many parts waiting are enough; 0: all are done here.
        Work(Search& search, std::size_t parts_wanted) : search_(search), parts_wanted_(parts_wanted) {}
        [[nodiscard]] std::optional<Part> take() override {
            if (parts_wanted_ != 0 && search_.list_.waiting() >= parts_wanted_) return std::nullopt;
            return search_.list_.take();
        }
        void report(PartReport report) override {
            search_.list_.report(std::move(report));
            search_.save_now_and_then();
        }

    private:
        Search& search_;
        std::size_t parts_wanted_;
    };

    std::optional<WorkList> load() {
        if (!checkpoint_) return std::nullopt;
        if (const auto error = checkpoint_->claim()) throw SearchError{Cause::checkpoint_not_written, *error};
        auto loaded = checkpoint_->load();
        if (!loaded) throw SearchError{Cause::checkpoint_not_read, loaded.error()};
        return std::move(*loaded);
    }

    Outcome here(std::size_t parts_wanted = 0) {
        Work work(*this, parts_wanted);
        // To have many parts soon they are cut after each execution.
        DporWorker worker(classes_, work, parts_wanted != 0 ? 1 : DporWorker::executions_max);
        Outcome outcome;
        outcome.ending = Ending::exhausted;
        if (!worker.start()) return outcome;
        auto options = options_;
        options.on_milestone = nullptr;
        if (options_.on_progress) {
            options.on_progress = [&](model::relacy::Progress progress) {
                progress.share = list_.share_explored();
                options_.on_progress(progress);
            };
        }
        if (settings_.strategy == StrategyName::portfolio && parts_wanted == 0) {
            return portfolio_.emplace(run_, settings_).search(worker, options);
        }
        outcome = explore(run_, worker, options);
        worker.stop(outcome.ending == Ending::finding);
        return outcome;
    }

    // Every share goes the first steps, the same ones; what they lead to is dealt out.
    std::optional<Outcome> take_share() {
        const auto [index, count] = *settings_.shard;
        dealt_ = false;
        auto outcome = here(count * parts_of_a_share);
        if (outcome.ending != Ending::exhausted) {
            finish(outcome);
            return outcome;
        }
        const Dpor dpor(classes_);
        list_.close([&](model::search::ThreadSet stepped) { return dpor.held_back(stepped); });
        list_.keep_share(index - 1, count);
        dealt_ = true;
        return std::nullopt;
    }

    Outcome in_processes() {
        Outcome outcome;
        // The budget is of this run, not of those before it.
        const auto before = list_.totals().complete + list_.totals().blocked;
        const auto most = std::numeric_limits<std::uint64_t>::max();
        list_.limit(options_.budget_executions > most - before ? most : before + options_.budget_executions);
        const auto enough_of = [&](const WorkList& list) { return enough(list, outcome.ending); };
        const auto error = settings_.ranks != nullptr ? on_ranks(enough_of) : in_jobs(enough_of);
        if (error) {
            throw SearchError{Cause::process_lost, *error + what_is_left()};
        }
        if (!list_.finding()) return outcome;
        // Once more here, for its trace: a part is short.
        Dpor dpor(classes_);
        dpor.load(list_.finding()->subtree);
        return explore(run_, dpor, options_);
    }

    using Enough = std::function<bool(const WorkList&)>;

    std::optional<std::string> on_ranks(const Enough& enough_of) {
        const RankSearch search{std::string(run_.entry->scenario),
                                std::string(run_.entry->implementation),
                                run_.threads,
                                settings_.symmetry,
                                options_.unordered_destroys_fail,
                                options_.newest_only};
        return run_ranks(list_, search, *settings_.ranks, {enough_of, parts_explorer(), options_.stop});
    }

    std::optional<std::string> in_jobs(const Enough& enough_of) {
        return run_jobs(list_, parts_explorer(), {settings_.jobs, enough_of});
    }

    /// What explores the parts of a source, in whichever process. Budgets are looked at between two parts.
    [[nodiscard]] Explore parts_explorer() const {
        auto quiet = options_;
        quiet.on_progress = nullptr;
        quiet.on_milestone = nullptr;
        quiet.budget_seconds = std::numeric_limits<double>::infinity();
        quiet.budget_executions = std::numeric_limits<std::uint64_t>::max();
        return [this, quiet](model::search::WorkSource& source) {
            while (true) {  // also after a finding: parts before it may still be needed
                DporWorker worker(classes_, source);
                if (!worker.start()) return;
                const auto part = explore(run_, worker, quiet);
                // What is refused here is refused to whoever explores the part once more for its trace.
                const bool is_over = part.ending == Ending::finding || part.ending == Ending::refused;
                if (part.ending != Ending::diverged) worker.stop(is_over);
            }
        };
    }

    // Of the list and not of a process: the milestones are the same however many explore, and how fast.
    void pass_milestone() {
        const auto executions = list_.totals().complete + list_.totals().blocked;
        if (executions < next_milestone_ && !list_.finished()) return;
        next_milestone_ = executions + executions / 2;
        if (!options_.on_milestone) return;
        options_.on_milestone({executions, since_start_.seconds(), list_.share_explored()});
    }

    bool enough(const WorkList& list, Ending& ending) {
        save_now_and_then();
        const double seconds = since_start_.seconds();
        if (options_.on_progress) {
            options_.on_progress(
                {list.totals().complete + list.totals().blocked, seconds, list.share_explored()});
        }
        if (list.finding() || list.finished()) return true;
        if (list.diverged()) {
            ending = Ending::diverged;
        } else if (options_.stop.stop_requested()) {
            ending = Ending::interrupted;
        } else if (seconds >= options_.budget_seconds) {
            ending = Ending::time_budget;
        } else if (list.limited()) {
            ending = Ending::execution_budget;
        } else {
            return false;
        }
        return true;
    }

    void save_now_and_then() {
        if (!checkpoint_ || !dealt_ || since_saved_.seconds() < save_seconds) return;
        static_cast<void>(save());
    }
    // Whether it was saved. A disk that is full now may have room at the next save.
    bool save() {
        since_saved_ = {};
        const auto error = checkpoint_->save(list_);
        if (settings_.on_unsaved && (error || unsaved_)) settings_.on_unsaved(error.value_or(""));
        unsaved_ = error.has_value();
        return !unsaved_;
    }
    // After a process was lost: what has been reported is not lost with it.
    std::string what_is_left() {
        if (!checkpoint_) return "; --checkpoint FILE keeps what such a search has done until then";
        if (!save()) return "; its checkpoint cannot be written either";
        return "; what was done is in " + settings_.checkpoint + ": the same command goes on from there";
    }

    [[nodiscard]] std::string covered() const {
        auto text = fmt::format("dpor {} executions", list_.totals().complete + list_.totals().blocked);
        if (list_.share_explored() > 0) {
            text += ", " + share_in_words(list_.share_explored()) + " of the tree as far as it is known";
        }
        return portfolio_ ? text + "; " + portfolio_->covered() : text;
    }

    void finish(Outcome& outcome) {
        outcome.executions_complete = list_.totals().complete;
        outcome.executions_blocked = list_.totals().blocked;
        outcome.share_explored = list_.share_explored();
        outcome.seconds = since_start_.seconds();
        const bool is_proof = outcome.ending == Ending::exhausted;
        // A proof is dpor's alone: the number of its executions is that of the classes.
        if (portfolio_ && !is_proof) outcome.executions_complete += portfolio_->executions();
        if (is_proof) {
            // A proof is not printed on the word of a loop that has ended.
            if (!list_.finished()) throw std::logic_error("a search has ended with parts left over");
            const bool is_whole = !settings_.shard;
            outcome.exhaustive = is_whole && !options_.newest_only && options_.rounds_max == 0;
            outcome.exhaustive_of_newest = is_whole && options_.newest_only;
            outcome.exhaustive_of_rounds = is_whole ? options_.rounds_max : 0;
            outcome.verdict = outcome.exhaustive ? model::Verdict::correct : model::Verdict::undecided;
            if (settings_.shard) outcome.ending = Ending::share;
        }
        if (!outcome.finding && !is_proof && outcome.ending != Ending::refused) {
            outcome.covered = covered() + (outcome.covered.empty() ? "" : "; " + outcome.covered);
        }
        const bool over = list_.finished() || outcome.finding;
        if (checkpoint_ && dealt_ && !over) static_cast<void>(save());
        if (checkpoint_ && over) checkpoint_->remove();
    }

    const Run& run_;
    const SearchSettings& settings_;
    const model::relacy::ExploreOptions& options_;
    model::search::SymmetryClasses classes_;
    std::optional<Checkpoint> checkpoint_;
    WorkList list_;
    model::Stopwatch since_start_;
    model::Stopwatch since_saved_;
    std::uint64_t next_milestone_ = 64;
    std::optional<Portfolio> portfolio_;
    bool unsaved_ = false;  ///< the last save has failed
    bool dealt_ = true;     ///< the list is this search's: not the whole one that its share is dealt out of
};

}  // namespace

std::string share_in_words(double share) { return fmt::format("{:.2g} %", std::min(100 * share, 99.0)); }

Outcome dpor_search(const Run& run, const SearchSettings& settings,
                    const model::relacy::ExploreOptions& options) {
    return Search(run, settings, options).run();
}

}  // namespace revenant::harness
