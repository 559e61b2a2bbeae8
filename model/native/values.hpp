// Value: what an atomic of up to 16 bytes holds.
#pragma once

namespace revenant::model::native {

__extension__ using Value = unsigned __int128;

}  // namespace revenant::model::native
