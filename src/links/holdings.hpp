#pragma once
#include "store/holding.hpp"

/// What `links` keeps outside of the tables.
namespace dialpine::links::declared {
using store::HoldingKind;

inline constexpr store::HeldOfPerson upload{
    .of = "whoever is named in the uploaded board",
    .category = Category::content,
    .source = Source::an_import,
    .uses = {Use::import_once},
    .basis = Basis::contract,
    .keep = {"while the import runs"},
    .at_erasure = AtErasure::destroy_key,
    .is_sealed = true,
    .export_name = "the imported rows",
};
inline constexpr std::array link_holdings{
    store::holding(
        HoldingKind::file,
        "spool/*",
        "an upload that waits for its import or its place, sealed under a key that is only in memory",
        &upload,
        R"(spool(/.*)?)"
    ),
    store::holding(
        HoldingKind::job_payload,
        "import_",
        "counts of what was made and of what was left out, in our own words",
        store::OfNobody{"counts; never text from the file"}
    ),
};
} // namespace dialpine::links::declared
