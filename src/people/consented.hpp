#pragma once
#include "people/person.hpp"
#include "store/database.hpp"

#include <optional>
#include <string_view>

namespace dialpine::people {

/// The newest thing that the person said about this purpose; absent when nothing was ever said.
std::optional<Consent> last_consent(const store::Read&, PersonId, std::string_view purpose);
/// Whether that was yes. Nothing said is no.
bool has_consented(const store::Read&, PersonId, std::string_view purpose);

} // namespace dialpine::people
