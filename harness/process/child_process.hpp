// ChildProcess: a program run as a black box: its stdout, its stderr and its exit status, apart.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/stop_token.hpp"

namespace revenant::harness {

struct Finished {
    std::string out;
    std::string err;
    int status = -1;       ///< exit status, or -1 when it was ended by a signal or by us
    int signal = 0;        ///< the signal that ended it, or 0
    bool late = false;     ///< we have ended it: the deadline
    bool stopped = false;  ///< we have ended it: a stop was requested
};

struct ChildOptions {
    std::string folder = "/";                                           ///< to start it in
    std::vector<std::pair<std::string, std::string>> environment = {};  ///< set on top of ours
    std::vector<std::string> without = {};                              ///< variables to leave out
    bool fixed_addresses = false;            ///< no address space randomisation, where the kernel lets us
    std::size_t err_kept = ~std::size_t{0};  ///< of stderr, only about so many last bytes are kept
};

/// In a folder, with no colour settings: as the tests start the command.
[[nodiscard]] inline ChildOptions in_folder(const std::string& folder) {
    return {.folder = folder, .without = {"NO_COLOR"}};
}

/// Why no child of ours can run threads under a sanitizer, in a line: the hard limit of the stack is too low.
[[nodiscard]] std::optional<std::string> small_stack();

class ChildProcess {
public:
    /// Starts the program with stdin empty. Throws std::runtime_error where the system has no process left.
    ChildProcess(const std::string& program, const std::vector<std::string>& arguments,
                 const ChildOptions& options);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    void send(int signal) const;
    /// The system's number of it. Requires: `finish` has not returned.
    [[nodiscard]] int id() const { return pid_; }
    /// How long it has computed until now: tells that a search is under way, however loaded the machine.
    [[nodiscard]] double cpu_seconds() const;
    /// Waits for the end; a program that has not ended by then is killed, as it is once a stop is requested.
    /// `on_out` sees its stdout while it comes.
    [[nodiscard]] Finished finish(double deadline_seconds = 120, model::StopToken stop = {},
                                  const std::function<void(std::string_view)>& on_out = {});

private:
    std::size_t err_kept_;
    int pid_ = -1;
    int out_ = -1;
    int err_ = -1;
};

}  // namespace revenant::harness
