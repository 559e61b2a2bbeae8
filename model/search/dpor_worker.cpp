#include "model/search/dpor_worker.hpp"

namespace revenant::model::search {

DporWorker::DporWorker(const SymmetryClasses& classes, WorkSource& source, std::uint64_t part_executions)
    : Dpor(classes), source_(source), part_executions_(part_executions) {}

bool DporWorker::take() {
    auto part = source_.take();
    part_.reset();
    if (!part) return false;
    part_ = part->id;
    executions_ = 0;
    blocked_before_ = blocked();
    load(std::move(part->subtree));
    return true;
}

void DporWorker::report(bool finished, bool finding) {
    PartReport report;
    report.id = *part_;
    report.blocked = blocked() - blocked_before_;
    report.complete = executions_ - report.blocked;
    report.finding = finding;
    report.diverged = diverged_at() >= 0;
    report.finished = finished;
    report.requests = requests();
    if (!finished) report.left = left();
    source_.report(std::move(report));
}

bool DporWorker::advance() {
    ++executions_;
    const bool more = Dpor::advance();
    if (more && executions_ < part_executions_ && diverged_at() < 0) return true;
    report(!more, false);
    return diverged_at() < 0 && take();
}

void DporWorker::stop(bool finding) {
    if (!part_) return;
    if (finding) ++executions_;
    report(finding, finding);
    part_.reset();
}

}  // namespace revenant::model::search
