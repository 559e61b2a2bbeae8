// The registries as the stress drives them: the same implementations, compiled for production.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

namespace revenant::harness::stress {

/// A registry and one key, behind calls that any thread may make.
class Target {
public:
    virtual ~Target() = default;
    /// Interns the key, reads the content through the reference, releases it.
    virtual void intern_read_release() = 0;
    /// Interns and keeps the reference; `release` gives it back.
    [[nodiscard]] virtual void* intern() = 0;
    virtual void read(void* held) = 0;
    virtual void release(void* held) = 0;
    /// At quiescence: what is still in the registry.
    [[nodiscard]] virtual std::size_t size() = 0;
};

struct Implementation {
    std::string_view id;
    bool correct = false;
    std::unique_ptr<Target> (*make)(bool logged) = nullptr;  ///< with the scoped debug log or without
};

[[nodiscard]] const std::vector<Implementation>& implementations();

}  // namespace revenant::harness::stress
