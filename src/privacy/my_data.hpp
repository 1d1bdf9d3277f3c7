#pragma once
#include "base/clock.hpp"
#include "store/database.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

/// What DialPine holds of a person, and what the declarations say of it: the answer of `GET /me/data`.
namespace dialpine::privacy {

struct HeldValue {
    std::string value;
    std::optional<std::string> row; ///< what the value belongs to: a task's title, a workspace's name
    std::optional<Instant> at;      ///< when its row was made
};
BOOST_DESCRIBE_STRUCT(HeldValue, (), (value, row, at))

/// One column of one table.
struct HeldItem {
    std::string table;
    std::string column;
    std::string label;
    std::string source;
    std::vector<std::string> uses;
    std::string basis;
    std::string keep;
    std::string at_erasure;
    bool sealed = false;
    std::int64_t count = 0;
    std::vector<HeldValue> values; ///< the newest first; never any of what is withheld (password and token hashes)
    bool more = false;
    std::optional<std::string> correct; ///< the page where it is corrected
    std::optional<std::string> erase;   ///< the page where it is erased alone
};
BOOST_DESCRIBE_STRUCT(
    HeldItem,
    (),
    (table, column, label, source, uses, basis, keep, at_erasure, sealed, count, values, more, correct, erase)
)

struct HeldCategory {
    std::string category; ///< the taxonomy's key
    std::string title;
    std::int64_t count = 0;
    std::vector<HeldItem> items;
};
BOOST_DESCRIBE_STRUCT(HeldCategory, (), (category, title, count, items))

struct MyData {
    Instant generated_at{};
    PersonId person_id;
    std::int64_t total = 0;
    std::vector<HeldCategory> categories;
};
BOOST_DESCRIBE_STRUCT(MyData, (), (generated_at, person_id, total, categories))

inline constexpr std::size_t every_value = std::numeric_limits<std::size_t>::max();

/// Columns of which nothing is held of the person are left out. The person's own id on a thing with a name reads "you".
MyData my_data(const store::Read&, PersonId, std::size_t most_values = 100);

} // namespace dialpine::privacy
