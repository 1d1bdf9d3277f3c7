#include "privacy/policy.hpp"

#include "base/assets.hpp"
#include "base/crypto.hpp"

#include <stdexcept>

namespace dialpine::privacy {
namespace {
constexpr std::string_view prefix = "policy/privacy-"; // policy/privacy-2026-11-24.md
constexpr std::string_view suffix = ".md";
} // namespace

Policy current_policy()
{
    const Asset* newest = nullptr;
    for (const auto& asset : assets())
        if (asset.path.starts_with(prefix) && asset.path.ends_with(suffix) && (!newest || asset.path > newest->path))
            newest = &asset;
    if (!newest) throw std::logic_error("the program was built without a privacy policy");
    Policy policy;
    policy.version =
        std::string(newest->path.substr(prefix.size(), newest->path.size() - prefix.size() - suffix.size()));
    policy.text = std::string(newest->bytes);
    // Its first line is its title: "# Privacy policy".
    const auto line = std::string_view(policy.text).substr(0, policy.text.find('\n'));
    policy.title = std::string(trimmed(line.substr(line.find_first_not_of("# "))));
    policy.published_on = parse_day(policy.version).value_or(Day{});
    policy.sha256 = crypto::sha256_hex(policy.text);
    return policy;
}

} // namespace dialpine::privacy
