#include "impl/http/bench/curl.hpp"

#include <spawn.h>
#include <sys/wait.h>

#include <cstdlib>
#include <vector>

namespace revenant::http {

Curl::Curl(std::uint16_t backend, std::uint16_t proxy, const std::string& authority)
    : backend_("https://localhost:" + std::to_string(backend) + "/"),
      proxy_("http://127.0.0.1:" + std::to_string(proxy)),
      file_(folder_.file("authority.pem", authority)) {}

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
