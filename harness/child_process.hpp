// ChildProcess: a program run as a black box: its stdout, its stderr and its exit status, apart.
#pragma once

#include <string>
#include <vector>

namespace revenant::harness {

struct Finished {
    std::string out;
    std::string err;
    int status = -1;  ///< exit status, or -1 when it was ended by a signal or by the deadline
};

class ChildProcess {
public:
    /// Starts the program in a folder, with stdin empty and no colour settings in its environment.
    ChildProcess(const std::string& program, const std::vector<std::string>& arguments,
                 const std::string& folder);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    void send(int signal) const;
    /// How long it has computed until now: tells that a search is under way, however loaded the machine.
    [[nodiscard]] double cpu_seconds() const;
    /// Waits for the end. A program that does not end in two minutes is killed.
    [[nodiscard]] Finished finish();

private:
    int pid_ = -1;
    int out_ = -1;
    int err_ = -1;
};

}  // namespace revenant::harness
