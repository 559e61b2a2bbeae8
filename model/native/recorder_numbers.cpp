// The part of the recorder that shows numbers as the program has them: with a sign, with a fraction, as true
// or false. A step has noted the bytes.
#include <bit>

#include "model/native/recorder.hpp"
#include "model/native/types.hpp"

namespace revenant::model::native {
namespace {

CellValue shown_as(Number kind) {
    switch (kind) {
        case Number::with_sign: return CellValue::signed_number;
        case Number::real: return CellValue::real;
        case Number::truth: return CellValue::truth;
        case Number::pointer: return CellValue::pointer;
        default: return CellValue::number;
    }
}

std::uint64_t converted(std::uint64_t bytes, CellValue value, std::size_t size) {
    if (value == CellValue::real) {
        const auto narrow = std::bit_cast<float>(static_cast<std::uint32_t>(bytes));
        return size == sizeof(float) ? std::bit_cast<std::uint64_t>(static_cast<double>(narrow)) : bytes;
    }
    if (value != CellValue::signed_number) return bytes;
    const auto unused = 64 - 8 * size;
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(bytes << unused) >> unused);
}

}  // namespace

void Recorder::note_number(CellId cell, unsigned type, std::size_t offset) {
    const auto number = number_at(type, offset);
    const bool is_whole = number.size != 0 && number.size <= sizeof(std::uint64_t);
    const bool is_unusual = number.kind == Number::real && number.size != 4 && number.size != 8;
    if (!is_whole || is_unusual) return;
    numbers_[cell] = {shown_as(number.kind), number.size};
}

void Recorder::show_numbers() {
    for (auto& [cell, number] : numbers_) {
        if (trace_.cells[cell].value == CellValue::number) trace_.cells[cell].value = number.first;
    }
    for (auto& step : trace_.steps) {
        auto& op = step.operation;
        const auto found = op.on_block ? numbers_.end() : numbers_.find(op.target);
        if (found == numbers_.end()) continue;
        const auto& [value, size] = found->second;
        if (trace_.cells[op.target].value != value) continue;  // a pointer, or not to be shown
        op.before = converted(op.before, value, size);
        op.after = converted(op.after, value, size);
    }
}

}  // namespace revenant::model::native
