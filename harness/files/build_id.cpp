#include "harness/files/build_id.hpp"

#include "harness/files/input_file.hpp"
#include "model/checksum.hpp"

namespace revenant::harness {

const std::string& build_id() {
    static const std::string id = [] {
        const auto program = read_file("/proc/self/exe");
        return program ? model::checksum(*program) : std::string("unknown");
    }();
    return id;
}

}  // namespace revenant::harness
