#pragma once
#include "base/crypto.hpp"
#include "store/rows.hpp"

#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// One row of an export, read by its table's declaration and bound by it again.
namespace dialpine::links {

/// New ids for old ones. Equal ids become equal ones, in the same order in time, and nobody can tell the old from the
/// new; nothing need be remembered, however many there are.
class MovedIds {
public:
    MovedIds();
    [[nodiscard]] Uuid operator()(const Uuid&) const;

private:
    crypto::Key key_ = crypto::Key::random();
};

struct MoveTarget {
    const MovedIds& ids;
    WorkspaceId from; ///< as the export calls it
    WorkspaceId to;
    const std::set<PersonId>& people; ///< whom the export names, by its own ids
};

/// The values of one line, in the order of the table's columns, as this instance keeps them.
class MovedRow {
public:
    using Value = std::variant<std::monostate, std::int64_t, double, std::string, Uuid>;

    /// Refuses (Problem 422, with `where` as its pointer) what is not a row of this table and this workspace.
    MovedRow(const store::Table&, const MoveTarget&, std::string_view line, const std::string& where);
    void insert(store::Write&) const;
    [[nodiscard]] const Value& value(std::string_view column) const;
    void set(std::string_view column, Value value);

private:
    const store::Table& table_;
    std::vector<Value> values_;
};

} // namespace dialpine::links
