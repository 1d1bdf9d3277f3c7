#pragma once
#include "store/schema.hpp"

namespace dialpine::privacy {

/// Whether a value tells who somebody is. Most does not alone, and does beside something else: a role, a workspace and
/// a time; a browser and a network.
enum class Linkage : std::uint8_t {
    identifies,    ///< alone: a name, an address
    once_combined, ///< a quasi-identifier: tells it together with others
    of_a_person,   ///< what a known person did or wrote
    nobody,        ///< stands in no person's row
};
BOOST_DESCRIBE_ENUM(Linkage, identifies, once_combined, of_a_person, nobody)

Linkage linkage_of(Category);
/// A column that is not personal alone is so once combined if it stands in a person's row: joined with the person's id,
/// its value says something of them. So nobody has to remember to mark it, and it is in the access export.
Linkage linkage_of(const store::Table&, const store::Column&);

} // namespace dialpine::privacy
