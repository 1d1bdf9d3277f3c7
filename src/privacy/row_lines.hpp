#pragma once
#include "store/schema.hpp"
#include "store/statement.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Rows of a workspace as JSON Lines, a million of them in seconds.
namespace dialpine::privacy {

/// The column that holds the workspace's id, in the tables that belong to one; empty for all others.
std::string_view workspace_column(const store::Table&);

/// Whether a workspace's export has the column: the team's content and who did what; not what is sealed under a
/// person's key, and no hashes.
bool belongs_to_team(const store::Column&);

/// Writes the columns that belong to the team as one JSON object and a line feed.
class RowLines {
public:
    explicit RowLines(const store::Table&);
    /// `row` stands on a row of all columns, in their order.
    void append(const store::Statement& row, std::string& out) const;

private:
    struct Piece {
        store::Kind kind;
        int index;
        std::string key; ///< `{"name":` or `,"name":`
    };
    std::vector<Piece> pieces_;
};

/// As `to_text` writes them.
void append_text(std::string& out, Instant);
/// Of the 16 bytes of an id.
void append_id(std::string& out, std::string_view bytes);

/// A field of CSV (RFC 4180) that a spreadsheet does not take for a formula: such a text gets an apostrophe in front.
void append_csv(std::string& out, std::string_view text);

} // namespace dialpine::privacy
