#pragma once
#include <string>
#include <string_view>

/// Foreign text brought into the form that our own routes demand.
namespace dialpine::links {

struct FittedLine {
    std::string line;
    std::string rest; ///< what did not fit
};
/// One trimmed line of at most `most` characters; control characters become blanks. Empty if nothing is left.
FittedLine fit_line(std::string_view utf8, std::size_t most);

struct FittedProse {
    std::string text;
    bool is_cut = false;
};
/// Text of at most `most` bytes that ends with a whole character; of the control characters only tab and line feed
/// stay.
FittedProse fit_prose(std::string_view utf8, std::size_t most);

} // namespace dialpine::links
