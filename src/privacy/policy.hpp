#pragma once
#include "base/json.hpp"
#include "privacy/documents.hpp"

#include <string>

namespace dialpine::store {
class Database;
}

namespace dialpine::privacy {

/// The privacy policy in force, as the API shows it.
struct Policy {
    std::string version;
    std::string title;
    Day published_on{};
    std::string sha256; ///< of the text
    std::string text;   ///< Markdown
};
BOOST_DESCRIBE_STRUCT(Policy, (), (version, title, published_on, sha256, text))

/// At start: settles which version of each document is in force, and gives the policy's, which lives as long as the
/// program. Throws std::logic_error if the program was built without one.
const DocumentVersion& policy_in_force(store::Database&);

} // namespace dialpine::privacy
