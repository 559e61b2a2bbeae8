#include "impl/http/bench/curl.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <vector>

namespace revenant::http {
namespace {

std::string temporary_file_with(const std::string& text) {
    std::string name = "/tmp/revenant-bench-XXXXXX";
    const int file = ::mkstemp(name.data());
    const bool written =
        file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (file >= 0) ::close(file);
    if (!written) throw std::runtime_error("cannot write " + name);
    return name;
}

}  // namespace

Curl::Curl(std::uint16_t backend, std::uint16_t proxy, const std::string& authority)
    : backend_("https://localhost:" + std::to_string(backend) + "/"),
      proxy_("http://127.0.0.1:" + std::to_string(proxy)),
      file_(temporary_file_with(authority)) {}

Curl::~Curl() { ::unlink(file_.c_str()); }

bool Curl::ask(int requests) const {
    // Without the settings of whoever runs this, and with the proxy even for localhost. A range of numbers in
    // the URL makes so many requests.
    std::vector<std::string> words{"curl",
                                   "--disable",
                                   "--silent",
                                   "--fail",
                                   "--noproxy",
                                   "",
                                   "--proxy",
                                   proxy_,
                                   "--cacert",
                                   file_,
                                   "--output",
                                   "/dev/null",
                                   backend_ + "?[1-" + std::to_string(requests) + "]"};
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (::posix_spawnp(&child, "curl", nullptr, nullptr, arguments.data(), environ) != 0) return false;
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace revenant::http
