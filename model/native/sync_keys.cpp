// The part of Sync that is about what each thread has of its own: pthread_key_create and its kin.
#include <algorithm>

#include "model/native/sync.hpp"

namespace revenant::model::native {

unsigned Sync::make_key(void (*destroy)(void*)) {
    keys_.push_back(destroy);
    return first_key + static_cast<unsigned>(keys_.size()) - 1;
}

// Before main there is the main thread alone.
void*& Sync::key_value(unsigned key) { return key_values_[{std::max(machine().current(), 0), key}]; }

void Sync::forget_key(unsigned key) {
    keys_[key - first_key] = nullptr;
    std::erase_if(key_values_, [key](const auto& value) { return value.first.second == key; });
}

void Sync::keep_keys() {
    keys_kept_ = keys_;
    key_values_kept_ = key_values_;
}

std::vector<void*> Sync::key_values() const {
    std::vector<void*> values;
    for (const auto& [key, value] : key_values_) values.push_back(value);
    return values;
}

void Sync::run_key_destructors(int thread) {
    for (unsigned i = 0; i < keys_.size(); ++i) {
        const auto found = key_values_.find({thread, first_key + i});
        if (found == key_values_.end() || found->second == nullptr || keys_[i] == nullptr) continue;
        auto* const value = found->second;
        found->second = nullptr;
        keys_[i](value);
    }
}

}  // namespace revenant::model::native
