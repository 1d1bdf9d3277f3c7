#include "privacy/policy.hpp"

#include "privacy/publication.hpp"

#include <stdexcept>

namespace dialpine::privacy {

const DocumentVersion& policy_in_force(store::Database& database)
{
    database.write([](store::Write& write) { settle_publications(write); });
    const auto* version = database.read([](store::Read& read) { return in_force(read, "privacy"); });
    if (!version) throw std::logic_error("the program was built without a privacy policy");
    return *version;
}

} // namespace dialpine::privacy
