// Messages are words and numbers. From rank 0: `search NUMBER SCENARIO IMPLEMENTATION THREADS SYMMETRY
// DESTROYS NEWEST`, `part ID SUBTREE`, `quit`. To rank 0: `report NUMBER INTERRUPTED REPORT`, `unknown`. A
// search ends when the next one begins.
#include "harness/search/rank_search.hpp"

#include <map>
#include <sstream>
#include <utility>

#include "harness/process/interrupt.hpp"
#include "harness/search/run.hpp"
#include "model/search/dpor_worker.hpp"
#include "model/search/work_text.hpp"

namespace revenant::harness {
namespace {

using model::search::DporWorker;
using model::search::Part;
using model::search::PartReport;
using model::search::TextReader;
using model::search::TextWriter;
using model::search::WorkList;
using model::search::WorkSource;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds look_interval{100};  // between two looks at the budgets and the signal
// mpirun kills its ranks a second after it has told them to end. What is not reported by then is explored
// again when the search goes on from its checkpoint.
constexpr std::chrono::milliseconds patience_after_stop{400};
// One to explore and one to go on with, or a rank would idle while its report and the next part travel.
constexpr std::size_t parts_of_a_rank = 2;

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

std::string to_text(std::uint64_t number, const RankSearch& search) {
    std::ostringstream text;
    text << "search " << number << ' ' << search.scenario << ' ' << search.implementation << ' '
         << search.threads << ' ' << search.symmetry << ' ' << search.unordered_destroys_fail << ' '
         << search.newest_only;
    return text.str();
}

/// A search as rank 0 sees it.
class Lead {
public:
    Lead(WorkList& list, Ranks& ranks, const RankOptions& options, std::uint64_t number)
        : list_(list), ranks_(ranks), options_(options), number_(number) {}

    std::optional<std::string> run(const RankSearch& search) {
        for (int rank = 1; rank < ranks_.count(); ++rank) ranks_.send(rank, to_text(number_, search));
        std::optional<Clock::time_point> stopped;
        while (true) {
            const bool enough = options_.enough(list_);
            if (!enough) hand_out();
            const bool explored = !enough && explore_here();
            if (error_) return error_;
            if (busy_.empty() && !explored) return std::nullopt;
            if (!stopped && options_.stop.stop_requested()) stopped = Clock::now();
            if (stopped && Clock::now() - *stopped >= patience_after_stop) {
                give_back();
                return std::nullopt;
            }
            const auto patience = stopped ? patience_after_stop / 10 : look_interval;
            if (auto error = take_in_what_arrives(explored ? std::chrono::milliseconds(0) : patience)) {
                return error;
            }
        }
    }

private:
    void hand_out() {
        // Each its first before any its second.
        for (std::size_t parts = 0; parts < parts_of_a_rank; ++parts) {
            for (int rank = 1; rank < ranks_.count(); ++rank) {
                if (busy_.count(rank) > parts) continue;
                auto part = list_.take();
                if (!part) return;
                TextWriter writer;
                writer.put(*part);
                ranks_.send(rank, writer.text());
                busy_.emplace(rank, *std::move(part));
            }
        }
    }

    /// The list, for rank 0 itself: before each part that it takes, it serves the others.
    class OwnWork final : public WorkSource {
    public:
        OwnWork(Lead& lead, Part first) : lead_(lead), first_(std::move(first)) {}
        [[nodiscard]] std::optional<Part> take() override {
            if (first_) return std::exchange(first_, std::nullopt);
            lead_.error_ = lead_.take_in_what_arrives(std::chrono::milliseconds(0));
            if (lead_.error_ || lead_.options_.enough(lead_.list_)) return std::nullopt;
            lead_.hand_out();
            return lead_.list_.take();
        }
        void report(PartReport report) override { lead_.list_.report(std::move(report)); }

    private:
        Lead& lead_;
        std::optional<Part> first_;
    };

    // As long as the others leave a part. Whether they have left one.
    bool explore_here() {
        auto part = list_.take();
        if (!part) return false;
        OwnWork source(*this, *std::move(part));
        options_.explore(source);
        return true;
    }

    // Waits for the first message only.
    std::optional<std::string> take_in_what_arrives(std::chrono::milliseconds patience) {
        while (const auto message = ranks_.receive_within(patience)) {
            if (auto error = take_in(*message)) return error;
            patience = std::chrono::milliseconds(0);
        }
        return std::nullopt;
    }

    std::optional<std::string> take_in(const Message& message) {
        if (first_word(message.text) == "unknown") return name_of(message) + " has another catalogue";
        TextReader reader(message.text);
        reader.word("report");
        const auto number = reader.number(TextReader::any_number);
        // One that came too late for its search, whose part has been given back.
        if (reader.good() && number != number_) return std::nullopt;
        const bool interrupted = reader.number(1) == 1;
        PartReport report;
        reader.get(report);
        const auto part = busy_.lower_bound(message.rank);  // its first: it explores them in their order
        if (!reader.good() || part == busy_.end() || part->first != message.rank ||
            part->second.id != report.id) {
            return name_of(message) + " talks nonsense";
        }
        busy_.erase(part);
        list_.report(std::move(report));
        // A launcher may signal one rank before the other, or only one of them.
        if (interrupted) interrupt();
        return std::nullopt;
    }

    // As if their ranks had not begun them.
    void give_back() {
        for (auto& [rank, part] : busy_) {
            PartReport report;
            report.id = part.id;
            report.finished = false;
            report.left = std::move(part.subtree);
            list_.report(std::move(report));
        }
        busy_.clear();
    }

    static std::string name_of(const Message& message) { return "rank " + std::to_string(message.rank); }

    WorkList& list_;
    Ranks& ranks_;
    const RankOptions& options_;
    std::uint64_t number_;
    std::optional<std::string> error_;  ///< met while rank 0 explored
    std::multimap<int, Part> busy_;     ///< what each rank has, in the order in which it was handed out
};

/// A rank that serves.
class Server {
public:
    explicit Server(Ranks& ranks) : ranks_(ranks) { options_.stop = watch_for_interrupt(); }

    void run() {
        while (const auto text = next()) {
            if (first_word(*text) == "search") {
                begin(*text);
            } else {
                explore_part(*text);
            }
        }
    }

private:
    /// Rank 0, as a source of parts. Whatever is no part ends the exploring, and is left to `run`.
    class LeadersWork final : public WorkSource {
    public:
        LeadersWork(Server& server, Part first) : server_(server), next_(std::move(first)) {}
        [[nodiscard]] std::optional<Part> take() override {
            if (!next_) {
                auto text = server_.next();
                if (text) next_ = part_of(*text);
                if (!next_) server_.put_back(std::move(text));
            }
            return std::exchange(next_, std::nullopt);
        }
        void report(PartReport report) override {
            TextWriter writer;
            writer.word("report");
            writer.number(server_.number_);
            writer.number(server_.options_.stop.stop_requested() ? 1 : 0);
            writer.put(report);
            server_.ranks_.send(0, writer.text());
        }

    private:
        Server& server_;
        std::optional<Part> next_;
    };

    /// What rank 0 says next, or none: this rank is dismissed.
    std::optional<std::string> next() {
        if (put_back_) return std::exchange(put_back_, std::nullopt);
        while (!dismissed_) {
            auto message = ranks_.receive_within(std::chrono::hours(1));
            if (!message) continue;
            if (first_word(message->text) != "quit") return std::move(message->text);
            dismissed_ = true;
        }
        return std::nullopt;
    }
    void put_back(std::optional<std::string> text) { put_back_ = std::move(text); }

    static std::optional<Part> part_of(const std::string& text) {
        TextReader reader(text);
        Part part;
        reader.get(part);
        if (!reader.good()) return std::nullopt;
        return part;
    }

    void begin(const std::string& text) {
        std::istringstream words(text);
        std::string search;
        RankSearch which;
        words >> search >> number_ >> which.scenario >> which.implementation >> which.threads >>
            which.symmetry >> which.unordered_destroys_fail >> which.newest_only;
        run_ = {words ? scenarios::find_entry(which.scenario, which.implementation) : nullptr, which.threads};
        if (run_.entry == nullptr) return;
        classes_ = classes_of(run_, which.symmetry);
        options_.unordered_destroys_fail = which.unordered_destroys_fail;
        options_.newest_only = which.newest_only;
    }

    void explore_part(const std::string& text) {
        auto part = part_of(text);
        if (!part || run_.entry == nullptr) {
            ranks_.send(0, "unknown");
            return;
        }
        LeadersWork source(*this, *std::move(part));
        DporWorker worker(classes_, source);
        if (!worker.start()) return;
        const auto outcome = explore(run_, worker, options_);
        if (outcome.ending == model::Ending::diverged) return;  // has been reported with its part
        worker.stop(outcome.ending == model::Ending::finding);
    }

    Ranks& ranks_;
    bool dismissed_ = false;
    std::optional<std::string> put_back_;
    std::uint64_t number_ = 0;
    Run run_;
    model::search::SymmetryClasses classes_;
    model::relacy::ExploreOptions options_;
};

}  // namespace

std::optional<std::string> run_ranks(WorkList& list, const RankSearch& search, Ranks& ranks,
                                     const RankOptions& options) {
    static std::uint64_t searches = 0;  // of this process: a late report must not pass for another search's
    return Lead(list, ranks, options, ++searches).run(search);
}

void serve(Ranks& ranks) { Server(ranks).run(); }

void dismiss(Ranks& ranks) {
    for (int rank = 1; rank < ranks.count(); ++rank) ranks.send(rank, "quit");
}

}  // namespace revenant::harness
