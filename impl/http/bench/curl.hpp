// curl: the program of that name as a process, for requests through a proxy to be measured against.
#pragma once

#include <cstdint>
#include <string>

#include "impl/tls/test_folder.hpp"

namespace revenant::http {

class Curl {
public:
    /// `authority`: the PEM text of the certificate that it trusts, which goes into a file of its own.
    Curl(std::uint16_t backend, std::uint16_t proxy, const std::string& authority);

    /// So many requests, one after the other, by one process. False if any failed.
    [[nodiscard]] bool ask(int requests) const;

private:
    std::string backend_;
    std::string proxy_;
    test_folder folder_;
    std::string file_;
};

}  // namespace revenant::http
