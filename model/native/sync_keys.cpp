// The part of Sync that is about what each thread has of its own: pthread_key_create and its kin.
#include <algorithm>
#include <utility>

#include "model/native/sync.hpp"

namespace revenant::model::native {

unsigned Sync::make_key(void (*destroy)(void*)) {
    keys_.push_back(destroy);
    return first_key + static_cast<unsigned>(keys_.size()) - 1;
}

// Before main there is the main thread alone.
void*& Sync::key_value(unsigned key) {
    const int thread = std::max(machine().current(), 0);
    if (auto* const known = find_value(thread, key)) return *known;
    key_values_.push_back({thread, key, nullptr});
    return key_values_.back().value;
}

void** Sync::find_value(int thread, unsigned key) {
    const auto found = std::find_if(key_values_.begin(), key_values_.end(), [&](const KeyValue& value) {
        return value.thread == thread && value.key == key;
    });
    return found == key_values_.end() ? nullptr : &found->value;
}

void Sync::forget_key(unsigned key) {
    keys_[key - first_key] = nullptr;
    std::erase_if(key_values_, [key](const auto& value) { return value.key == key; });
}

void Sync::forget_key_values(int thread) {
    std::erase_if(key_values_, [thread](const auto& value) { return value.thread == thread; });
}

void Sync::keep_keys() {
    keys_kept_ = keys_;
    key_values_kept_ = key_values_;
}

std::vector<void*> Sync::key_values() const {
    std::vector<void*> values;
    for (const auto& known : key_values_) values.push_back(known.value);
    return values;
}

void Sync::run_key_destructors(int thread) {
    for (unsigned i = 0; i < keys_.size(); ++i) {
        auto* const found = find_value(thread, first_key + i);
        if (found == nullptr || *found == nullptr || keys_[i] == nullptr) continue;
        machine().do_what_cannot_be_put_back();
        auto* const value = std::exchange(*found, nullptr);
        keys_[i](value);
    }
}

}  // namespace revenant::model::native
