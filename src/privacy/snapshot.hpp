#pragma once
#include "privacy/records.hpp"

namespace dialpine::privacy {

/// One kind of data under one period, as a version of the policy told it.
struct SnapshotItem {
    Term category;
    std::string holds;
    std::vector<Term> uses;
    std::vector<std::string> sources;
    std::vector<std::string> bases;
    std::string keep;
    std::int64_t days = 0; ///< 0: until erasure
    std::string at_erasure;
    bool sealed = false;
};
BOOST_DESCRIBE_STRUCT(SnapshotItem, (), (category, holds, uses, sources, bases, keep, days, at_erasure, sealed))

/// What the catalogue said when a version of the policy was made. It lies beside the version's text and fills its
/// tables, so that what people agreed to stays what it was.
struct Snapshot {
    std::vector<SnapshotItem> items;
    std::vector<Recipient> recipients; ///< of the program itself: those of an instance stand in its register
    std::vector<std::string> not_yet; ///< promises that no test proved then
};
BOOST_DESCRIBE_STRUCT(Snapshot, (), (items, recipients, not_yet))

/// Of this program.
Snapshot current_snapshot();
/// As a file: one item in a line.
std::string to_file(const Snapshot&);

/// The Markdown table that stands for `{{table:NAME}}`: held, periods, uses, recipients. Throws std::logic_error for
/// another name.
std::string table_of_snapshot(const Snapshot&, std::string_view name);

} // namespace dialpine::privacy
