// Untracked: while one lives, allocations are the harness's own and not the modelled program's.
//
// Relacy replaces the global operator new and counts what is allocated while its context exists, to
// find leaks. Code of ours that allocates during an execution does it in such a scope, and frees in
// one as well. Scopes nest. Outside of a search it does nothing.
#pragma once

namespace revenant::model::relacy {

class [[nodiscard]] Untracked {
public:
    Untracked();
    ~Untracked();
    Untracked(const Untracked&) = delete;
    Untracked& operator=(const Untracked&) = delete;
};

}  // namespace revenant::model::relacy
