#include "model/litmus/run.hpp"

#include <algorithm>

#include "model/litmus/parse.hpp"
#include "model/program.hpp"
#include "model/relacy/engine.hpp"
#include "model/relacy/platform.hpp"
#include "model/search/dpor.hpp"

namespace revenant::model::litmus {
namespace {

using P = relacy::relacy_platform;
using Atomic = P::atomic<int>;
using Plain = P::var<int>;

class LitmusProgram final : public Program {
public:
    explicit LitmusProgram(const Parsed& parsed) : parsed_(parsed) {}

    [[nodiscard]] bool reached() const { return reached_; }

    void setup() override {
        values_ = {};
        x_ = P::make<Atomic>("x", 0);
        y_ = P::make<Atomic>("y", 0);
        z_ = P::make<Atomic>("z", 0);
        d_ = P::make<Plain>("d", 0);
    }
    void thread(unsigned index) override {
        if (index >= parsed_.threads.size()) return;  // a test of one thread runs beside an idle one
        for (const auto& statement : parsed_.threads[index]) execute(statement);
    }
    void teardown() override {
        for (const char location : {'x', 'y', 'z'}) {
            values_[index_of(location)] = atomic(location).load(std::memory_order::relaxed);
        }
        if (!parsed_.data_race && holds(parsed_.outcome, values_)) reached_ = true;
        P::destroy(x_);
        P::destroy(y_);
        P::destroy(z_);
        P::destroy(d_);
    }

private:
    Atomic& atomic(char location) { return location == 'x' ? *x_ : location == 'y' ? *y_ : *z_; }

    // Registers are the harness's own: each is written by one thread and read at the end.
    void execute(const Statement& s) {
        if (s.guard != 0 && values_[index_of(s.guard)] != s.guard_value) return;
        int result = 0;
        switch (s.kind) {
            case StatementKind::fence: P::fence(s.order); return;
            case StatementKind::store:
                if (s.location == plain_location) return d_->set(s.operand);
                return atomic(s.location).store(s.operand, s.order);
            case StatementKind::load:
                result = s.location == plain_location ? d_->get() : atomic(s.location).load(s.order);
                break;
            case StatementKind::add: result = atomic(s.location).fetch_add(s.operand, s.order); break;
            case StatementKind::exchange: result = atomic(s.location).exchange(s.operand, s.order); break;
            case StatementKind::cas: result = compare_exchange(s); break;
        }
        values_[index_of(s.target)] = result;
    }
    int compare_exchange(const Statement& s) {
        int seen = s.expected;
        auto& cell = atomic(s.location);
        const bool stored = s.weak ? cell.compare_exchange_weak(seen, s.operand, s.order, s.failure_order)
                                   : cell.compare_exchange_strong(seen, s.operand, s.order, s.failure_order);
        return s.succeeded ? static_cast<int>(stored) : seen;
    }

    const Parsed& parsed_;
    Values values_{};
    bool reached_ = false;
    Atomic* x_ = nullptr;
    Atomic* y_ = nullptr;
    Atomic* z_ = nullptr;
    Plain* d_ = nullptr;
};

}  // namespace

Result<Answer> run(const Test& test) {
    search::Dpor strategy;
    return run(test, strategy);
}

Result<Answer> run(const Test& test, search::Strategy& strategy) {
    const auto parsed = parse(test.program, test.outcome);
    if (!parsed) return BadInput{parsed.error()};
    if (parsed->threads.size() > 4) return BadInput{"litmus: more than four threads"};
    LitmusProgram program(*parsed);
    const auto threads = std::max<std::size_t>(parsed->threads.size(), relacy::explore_threads_min);
    const auto outcome = relacy::explore(program, static_cast<unsigned>(threads), strategy, {});
    Answer answer;
    answer.executions = outcome.executions_complete;
    answer.reached = program.reached();
    if (parsed->data_race) {
        answer.reached = outcome.finding && outcome.finding->kind == FindingKind::data_race;
    }
    return answer;
}

}  // namespace revenant::model::litmus
