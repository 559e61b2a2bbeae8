#include "model/relacy/thread_local_data.hpp"

#include <link.h>

#include <algorithm>
#include <span>

namespace revenant::model::relacy {

ThreadLocalData::ThreadLocalData() {
    const auto take_first = [](dl_phdr_info* program, std::size_t, void* result) {
        auto& self = *static_cast<ThreadLocalData*>(result);
        for (const auto& header : std::span(program->dlpi_phdr, program->dlpi_phnum)) {
            if (header.p_type != PT_TLS) continue;
            self.data_ = static_cast<const std::byte*>(program->dlpi_tls_data);
            self.size_ = self.data_ != nullptr ? header.p_memsz : 0;
        }
        return 1;  // the program comes first, and nothing else is asked for
    };
    ::dl_iterate_phdr(take_first, this);
    remembered_.resize(size_);
}

void ThreadLocalData::remember() { std::copy_n(data_, size_, remembered_.begin()); }

bool ThreadLocalData::has_changed() const {
    return !std::equal(remembered_.begin(), remembered_.end(), data_);
}

}  // namespace revenant::model::relacy
