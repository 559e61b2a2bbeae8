// Exceptions that nobody catches in modelled code.
#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

#include "model/relacy/engine.hpp"
#include "model/search/dpor.hpp"

namespace revenant::model::relacy {
namespace {

/// What cannot be unwound past a model: the execution is abandoned, and the exception with it.
template <class Exception>
class Throws final : public Program {
public:
    explicit Throws(int where) : where_(where) {}
    void setup() override { act(setup_thread); }
    void thread(unsigned index) override { act(static_cast<int>(index)); }
    void teardown() override { act(teardown_thread); }

private:
    void act(int here) {
        if (here == where_) throw Exception("nobody has caught this");
    }
    int where_;
};

TEST_CASE_TEMPLATE("an exception that leaves a thread is a failed assertion of the code's, in its words",
                   Exception, std::runtime_error, std::string) {
    for (const int where : {0, 1, setup_thread, teardown_thread}) {
        Throws<Exception> program(where);
        search::Dpor strategy;
        const auto outcome = explore(program, 2, strategy, {});
        REQUIRE(outcome.finding);
        CHECK(outcome.finding->kind == FindingKind::assertion);
        CHECK(outcome.finding->invariant.find("no exception leaves") == 0);
    }
}

}  // namespace
}  // namespace revenant::model::relacy
