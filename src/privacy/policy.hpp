#pragma once
#include "base/json.hpp"

#include <string>

namespace dialpine::privacy {

/// The privacy policy now in force: a file of `policy/` that is part of the program.
struct Policy {
    std::string version;
    std::string title;
    Day published_on{};
    std::string sha256; ///< of the text
    std::string text;   ///< Markdown
};
BOOST_DESCRIBE_STRUCT(Policy, (), (version, title, published_on, sha256, text))

/// Reads the newest embedded version. Throws std::logic_error if the program was built without one.
Policy current_policy();

} // namespace dialpine::privacy
