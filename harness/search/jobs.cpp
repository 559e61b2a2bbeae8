#include "harness/search/jobs.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include "model/search/work_text.hpp"
#include "reports/command_name.hpp"

namespace revenant::harness {
namespace {

using model::search::Part;
using model::search::PartReport;
using model::search::TextReader;
using model::search::TextWriter;
using model::search::WorkList;
using model::search::WorkSource;

bool write_line(int descriptor, std::string line) {
    line += '\n';
    for (std::size_t sent = 0; sent < line.size();) {
        const auto n = ::write(descriptor, line.data() + sent, line.size() - sent);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        sent += static_cast<std::size_t>(n);
    }
    return true;
}

// Appends what can be read now. False: the other end is gone.
bool read_some(int descriptor, std::string& buffer) {
    char bytes[65536];
    while (true) {
        const auto n = ::read(descriptor, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        buffer.append(bytes, static_cast<std::size_t>(n));
        return true;
    }
}

std::optional<std::string> take_line(std::string& buffer) {
    const auto end = buffer.find('\n');
    if (end == buffer.npos) return std::nullopt;
    auto line = buffer.substr(0, end);
    buffer.erase(0, end + 1);
    return line;
}

/// The child's end of the pipes.
class ParentWork final : public WorkSource {
public:
    ParentWork(int from, int to) : from_(from), to_(to) {}

    [[nodiscard]] std::optional<Part> take() override {
        while (true) {
            if (const auto line = take_line(buffer_)) {
                TextReader reader(*line);
                Part part;
                reader.get(part);
                return part;
            }
            if (!read_some(from_, buffer_)) return std::nullopt;
        }
    }
    void report(PartReport report) override {
        TextWriter writer;
        writer.put(report);
        static_cast<void>(write_line(to_, writer.text()));  // the parent's death is seen by `take`
    }

private:
    int from_;
    int to_;
    std::string buffer_;
};

struct Worker {
    pid_t process = -1;
    int to = -1;
    int from = -1;
    bool busy = false;
    std::string buffer;
};

std::optional<Worker> start(const Explore& explore, const std::vector<Worker>& others) {
    int down[2];
    int up[2];
    if (::pipe(down) != 0) return std::nullopt;
    if (::pipe(up) != 0) {
        ::close(down[0]);
        ::close(down[1]);
        return std::nullopt;
    }
    const pid_t parent = ::getpid();
    const pid_t process = ::fork();
    if (process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        // The parent decides when it is over; a part is short.
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_IGN);
        if (::getppid() != parent) ::_exit(0);
        for (const auto& other : others) {  // or their pipes would never end
            ::close(other.to);
            ::close(other.from);
        }
        ::close(down[1]);
        ::close(up[0]);
        ParentWork source(down[0], up[1]);
        try {
            explore(source);
        } catch (const std::exception& error) {  // what the parent holds is not the child's to let go
            static_cast<void>(
                write_line(STDERR_FILENO, std::string(reports::command_name) + ": " + error.what()));
            ::_exit(1);
        }
        ::_exit(0);
    }
    ::close(down[0]);
    ::close(up[1]);
    if (process < 0) {
        ::close(down[1]);
        ::close(up[0]);
        return std::nullopt;
    }
    Worker worker;
    worker.process = process;
    worker.to = down[1];
    worker.from = up[0];
    return worker;
}

bool hand_out(Worker& worker, WorkList& list) {
    const auto part = list.take();
    if (!part) return true;
    TextWriter writer;
    writer.put(*part);
    worker.busy = true;
    return write_line(worker.to, writer.text());
}

// Waits a moment for reports and takes them in. False: a process is gone, or talks nonsense.
bool take_in(std::vector<Worker>& workers, WorkList& list) {
    std::vector<pollfd> descriptors;
    for (const auto& worker : workers) descriptors.push_back({worker.busy ? worker.from : -1, POLLIN, 0});
    if (::poll(descriptors.data(), descriptors.size(), 100) <= 0) return true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        if (descriptors[i].revents == 0) continue;
        auto& worker = workers[i];
        if (!read_some(worker.from, worker.buffer)) return false;
        while (const auto line = take_line(worker.buffer)) {
            TextReader reader(*line);
            PartReport report;
            reader.get(report);
            if (!reader.good()) return false;
            list.report(std::move(report));
            worker.busy = false;
        }
    }
    return true;
}

bool any_busy(const std::vector<Worker>& workers) {
    for (const auto& worker : workers) {
        if (worker.busy) return true;
    }
    return false;
}

}  // namespace

std::optional<std::string> run_jobs(WorkList& list, const Explore& explore, const JobsOptions& options) {
    auto* const on_broken_pipe = std::signal(SIGPIPE, SIG_IGN);  // a child's death is an error to report
    std::optional<std::string> error;
    std::vector<Worker> workers;
    while (workers.size() < options.jobs && !error) {
        if (auto worker = start(explore, workers)) {
            workers.push_back(std::move(*worker));
        } else {
            error = std::string("cannot start a search process: ") + std::strerror(errno);
        }
    }
    while (!error) {
        const bool enough = options.enough(list);
        for (auto& worker : workers) {
            if (!enough && !worker.busy && !hand_out(worker, list)) error = "a search process has died";
        }
        if (error || !any_busy(workers)) break;
        if (!take_in(workers, list)) error = "a search process has died";
    }
    for (const auto& worker : workers) {  // the end of its input is the end of its work
        ::close(worker.to);
        ::close(worker.from);
        if (error) ::kill(worker.process, SIGKILL);
        while (::waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    std::signal(SIGPIPE, on_broken_pipe);
    return error;
}

}  // namespace revenant::harness
