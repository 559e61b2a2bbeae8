// Seal: the checksum of a damaged text put right, so that the damage gets past it.
#pragma once

#include <string>

namespace revenant::harness::torture {

/// Each gives the text as it is where it is too damaged to have a checksum.
[[nodiscard]] std::string sealed_case(std::string text);
[[nodiscard]] std::string sealed_results(const std::string& text);
/// With this work instead of its own, and the rest as it was.
[[nodiscard]] std::string sealed_checkpoint(const std::string& text, const std::string& work);
/// The work of a checkpoint; empty: it has none.
[[nodiscard]] std::string work_of(const std::string& checkpoint);

}  // namespace revenant::harness::torture
