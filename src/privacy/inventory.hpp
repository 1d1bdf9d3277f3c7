#pragma once
#include "store/holding.hpp"
#include "store/schema.hpp"

#include <boost/describe.hpp>

#include <string>
#include <vector>

/// Everything that is declared, tables and the rest, in one list of plain texts: what records, reports, the policy's
/// tables and `docs/data.md` are written from.
namespace dialpine::privacy {

struct Term {
    std::string key;   ///< of the taxonomy
    std::string title; ///< in plain words
    auto operator<=>(const Term&) const = default;
};
BOOST_DESCRIBE_STRUCT(Term, (), (key, title))

/// One column or one other holding.
struct InventoryItem {
    std::string kind;  ///< column, file, log_field, index, cache, job_payload, outbound_field
    std::string store; ///< the table, for columns
    std::string name;
    std::string holds;
    std::vector<Term> categories;
    std::vector<Term> uses;
    std::vector<std::string> subjects;
    std::vector<std::string> sources;
    std::vector<std::string> bases;
    std::string keep;
    std::string at_erasure;
    bool sealed = false;
    std::string export_name; ///< empty: in no export
    std::string linkage;
    std::string not_personal; ///< why; empty when it holds something of a person
};
BOOST_DESCRIBE_STRUCT(
    InventoryItem,
    (),
    (kind,
     store,
     name,
     holds,
     categories,
     uses,
     subjects,
     sources,
     bases,
     keep,
     at_erasure,
     sealed,
     export_name,
     linkage,
     not_personal)
)

/// In the order of the declarations; columns first. Throws std::logic_error for a copy of a column that is not there.
std::vector<InventoryItem> inventory();

/// The columns that a copy names.
std::vector<const store::Column*> columns_of(const store::CopyOf&);

} // namespace dialpine::privacy
