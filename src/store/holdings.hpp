#pragma once
#include "store/holding.hpp"

/// The files of the data folder that the store writes.
namespace dialpine::store::declared {

inline constexpr CopyOf whole_database{
    .keep = {"each column as it says"},
    .erasure = "by each column's rule; freed pages are overwritten",
};
inline constexpr CopyOf write_ahead{
    .keep = {"until its pages are in the database: seconds to an hour"},
    .erasure = "moved into the database and cut to nothing after each erasure",
};
inline constexpr CopyOf backed_up{
    .keep = {"as long as the operator keeps the backup"},
    .erasure = "sealed values cannot be read once the key is gone; a restore erases again before it serves",
};
inline constexpr CopyOf before_restore{
    .keep = {"7 days"},
    .erasure = "removed as a whole with the next erasure",
};
inline constexpr CopyOf last_values{
    .keep = {"until the statement runs again or the server stops"},
    .erasure = "unbound after each run",
};
inline constexpr HeldOfPerson uploaded_files{
    .of = "whoever uploads a file, and whomever it is about",
    .category = Category::file,
    .source = Source::the_person,
    .uses = {Use::provide_service, Use::show_to_team},
    .basis = Basis::contract,
    .keep = {"as long as the team keeps the file; 30 days in the trash"},
    .at_erasure = AtErasure::keep,
    .is_sealed = true,
    .export_name = "files/",
};
inline constexpr OfNobody random_keys{"random bits, wrapped by the master key; they say nothing of anybody"};

inline constexpr HeldOfPerson chosen{
    .of = "whoever restricted or objected to a use, or withdrew a consent",
    .category = Category::consent,
    .source = Source::the_person,
    .uses = {Use::prove_consent, Use::keep_law},
    .basis = Basis::legal_obligation,
    .keep = until_erasure,
    .at_erasure = AtErasure::erase_row,
    .export_name = "restrictions, objections, consents: the same choices",
};

inline constexpr std::array store_holdings{
    holding(HoldingKind::file, "dialpine.db", "all tables", &whole_database, R"(dialpine\.db)"),
    holding(
        HoldingKind::file, "dialpine.db-wal", "pages on their way to the tables", &write_ahead, R"(dialpine\.db-wal)"
    ),
    holding(
        HoldingKind::file,
        "dialpine.db-shm",
        "where pages are in the write-ahead log",
        OfNobody{"page numbers"},
        R"(dialpine\.db-shm)"
    ),
    holding(
        HoldingKind::file,
        "keys/keys.db",
        "the wrapped keys of persons and workspaces, and the ids of erased persons",
        random_keys,
        R"(keys/keys\.db(-journal|-wal|-shm)?)"
    ),
    holding(
        HoldingKind::file,
        "keys/replay.db",
        "what a person refused or limited last, so that an older database put back does not undo it",
        &chosen,
        R"(keys/replay\.db(-journal)?)"
    ),
    holding(HoldingKind::file, "keys/master.key", "the master key", OfNobody{"random bits"}, R"(keys/master\.key(\.part)?)"),
    holding(
        HoldingKind::file,
        "blobs",
        "the files that people put on tasks, each sealed under its own key",
        &uploaded_files,
        R"(blobs/[0-9a-f]{2}/[0-9a-f-]{36}(\.part)?)"
    ),
    holding(
        HoldingKind::file,
        "before-restore-…",
        "what was in the folder before a backup was put back",
        &before_restore,
        R"(before-restore-[^/]+(/.*)?)"
    ),
    holding(
        HoldingKind::file, "restore", "a backup on its way into the folder", &backed_up, R"(restore(/.*)?)"
    ),
    holding(
        HoldingKind::file,
        "key-backups",
        "where copies of the keys were made, so that they can be removed when they expire",
        OfNobody{"paths of folders that the operator named"},
        R"(key-backups)"
    ),
    holding(HoldingKind::file, "lock", "nothing: who locks it serves the folder", OfNobody{"it is empty"}, R"(lock)"),
    holding(
        HoldingKind::cache,
        "store/statement.hpp",
        "prepared statements, with the values of their last run until the next",
        &last_values
    ),
    holding(HoldingKind::cache, "store/keys.hpp", "opened keys of persons and workspaces", random_keys),
    holding(
        HoldingKind::file,
        "backups",
        "copies of the database and, apart, of the keys, in the folder that the operator names",
        &backed_up,
        R"(backups?/.*)"
    ),
};
} // namespace dialpine::store::declared
