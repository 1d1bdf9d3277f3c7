#pragma once
#include "store/catalogue.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace dialpine::privacy {

/// What a person can agree to. Each starts with nobody in it: a use that nobody agreed to does not happen.
enum class Purpose : std::uint8_t {
    account,
    usage_statistics,
    search_history,
    collaboration_graph,
    device_information,
    crash_reports,
    approximate_location,
    log_linking,
    personalisation,
    internal_linking,
    product_mail,
    sensitive_data,
};
BOOST_DESCRIBE_ENUM(
    Purpose,
    account,
    usage_statistics,
    search_history,
    collaboration_graph,
    device_information,
    crash_reports,
    approximate_location,
    log_linking,
    personalisation,
    internal_linking,
    product_mail,
    sensitive_data
)

struct PurposeFacts {
    Purpose purpose{};
    Use use{};
    Category category{}; ///< of the data that it needs
    std::string_view title;
    std::string_view needs;         ///< the data, in words
    std::string_view when_off;      ///< what does not work without it
    std::string_view keep;          ///< how long what it needs is kept
    bool is_covered_by_gpc = false; ///< the browser's Global Privacy Control withdraws it
};

/// Every purpose, in the order in which people are shown them.
std::span<const PurposeFacts> all_purposes();
const PurposeFacts& facts_of(Purpose);
/// The registry as `policy/purposes.toml`, for those who read the policy and not the code.
std::string purposes_as_toml();

} // namespace dialpine::privacy
