#pragma once
#include "base/crypto.hpp"
#include "people/person.hpp"
#include "people/workspace.hpp"
#include "store/rows.hpp"
#include "work/task.hpp"

#include <filesystem>

namespace dialpine::fuzz {

/// The same in every run, so that inputs can name it: `00000000-0000-7000-8000-000000000001` is the first.
inline Uuid known_id(std::uint8_t number)
{
    Uuid id;
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    id.bytes[15] = number;
    return id;
}

/// A database in a folder of its own with a person in it, for all inputs of one run.
class Place {
public:
    Place()
    {
        database.keys().make(person);
        database.write([&](store::Write& write) {
            store::insert(write, people::Person{.id = person, .name = Sealed<std::string>("Mia Example"), .email = {}});
        });
    }

    people::Actor owner_of(WorkspaceId workspace)
    {
        database.write([&](store::Write& write) {
            store::insert(write, people::Workspace{.id = workspace, .name = "Pine", .created_by = person});
            store::insert(
                write,
                people::Membership{.workspace_id = workspace, .person_id = person, .role = people::Role::owner}
            );
        });
        return {.person = person, .workspace = workspace, .role = people::Role::owner};
    }

    /// How many rows the workspace has in all tables.
    std::int64_t rows_of(WorkspaceId workspace)
    {
        return database.read([&](store::Read& read) {
            std::int64_t rows = 0;
            for (const auto* table : store::all_tables())
                if (table->is_in_workspace())
                    rows += store::query_one<std::int64_t>(
                                read,
                                fmt::format("SELECT count(*) FROM {} WHERE workspace_id = $1", table->name),
                                workspace
                    )
                                .value_or(0);
            return rows;
        });
    }

    const PersonId person{known_id(1)};

private:
    struct Folder {
        std::filesystem::path path = (
            crypto::initialise(), std::filesystem::temp_directory_path() / ("dialpine-fuzz-" + to_text(new_uuid()))
        );
        ~Folder()
        {
            std::error_code ignored;
            std::filesystem::remove_all(path, ignored);
        }
    } folder_;

public:
    store::Database database{{.folder = folder_.path, .is_durable = false}};
};

} // namespace dialpine::fuzz
