#pragma once
#include "store/database.hpp"

#include <boost/describe.hpp>

#include <cstdint>
#include <string>
#include <vector>

/// What becomes of a leaving person's work for their teams: it stays without their name, or goes with them if they
/// choose so. What others wrote on as well stays either way.
namespace dialpine::privacy {

enum class WrittenContent : std::uint8_t { leave, take };
BOOST_DESCRIBE_ENUM(WrittenContent, leave, take)

/// What the person wrote in one table.
struct LeavingTable {
    std::string table;
    std::int64_t goes = 0;  ///< theirs alone
    std::int64_t stays = 0; ///< others wrote on it, too
};
BOOST_DESCRIBE_STRUCT(LeavingTable, (), (table, goes, stays))

struct LeavingView {
    std::vector<LeavingTable> items;
    std::string stays_because;
};
BOOST_DESCRIBE_STRUCT(LeavingView, (), (items, stays_because))

/// What `take_along` would do now. Tables in which the person wrote nothing are left out.
LeavingView count_leaving(const store::Read&, PersonId);

/// Removes what the person alone wrote, with everything that is part of it, and tells the workspaces. To be called
/// before the erasure, while the rows still say whose they are. Gives what went and what stayed.
LeavingView take_along(store::Write&, PersonId);

} // namespace dialpine::privacy
