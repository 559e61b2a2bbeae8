// DporWorker: Dpor over the parts that it is handed, one after another, in one process.
#pragma once

#include "model/search/dpor.hpp"
#include "model/search/work_list.hpp"

namespace revenant::model::search {

/// Where parts come from and reports go: a WorkList, or a pipe to the process that has it.
class WorkSource {
public:
    virtual ~WorkSource() = default;
    /// The next part, or none: there will be no more for this process.
    [[nodiscard]] virtual std::optional<Part> take() = 0;
    virtual void report(PartReport report) = 0;
};

class DporWorker : public Dpor {
public:
    /// So many executions a part; the greatest length for which nobody waits long.
    static constexpr std::uint64_t executions_max = 1000;

    DporWorker(const SymmetryClasses& classes, WorkSource& source,
               std::uint64_t part_executions = executions_max);

    /// Whether there is anything to explore. Call it before the first execution.
    [[nodiscard]] bool start() { return take(); }
    [[nodiscard]] bool advance() override;
    /// The search was stopped from outside, or by a finding: hands back the part that is under way.
    void stop(bool finding);

private:
    [[nodiscard]] bool take();
    void report(bool finished, bool finding);

    WorkSource& source_;
    std::uint64_t part_executions_;
    std::optional<PartId> part_;
    std::uint64_t executions_ = 0;      ///< of this part
    std::uint64_t blocked_before_ = 0;  ///< when this part began
};

/// A work list of the same process.
class OwnWork final : public WorkSource {
public:
    explicit OwnWork(WorkList& list) : list_(list) {}
    [[nodiscard]] std::optional<Part> take() override { return list_.take(); }
    void report(PartReport report) override { list_.report(std::move(report)); }

private:
    WorkList& list_;
};

}  // namespace revenant::model::search
