#pragma once
#include "base/crypto.hpp"
#include "people/person.hpp"
#include "people/workspace.hpp"
#include "store/rows.hpp"
#include "work/task.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

/// A data folder with a database of its own, and people and work in it.
namespace dialpine::privacy {

/// A folder that goes with the test.
class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("dialpine-test-" + to_text(new_uuid())))
    {
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The files in the folder that have these bytes anywhere.
inline std::vector<std::string> files_with(const std::filesystem::path& folder, std::string_view bytes)
{
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && bytes_of(entry.path()).find(bytes) != std::string::npos)
            files.push_back(entry.path().filename().string());
    return files;
}

class House : public ::testing::Test {
protected:
    House() { crypto::initialise(); }

    template <class Row>
    Row add(Row row)
    {
        database.write([&](store::Write& write) { store::insert(write, row); });
        return row;
    }

    PersonId person(const std::string& name, const std::string& email = "")
    {
        people::Person row{.id = PersonId::make(), .created_at = clock_now(), .changed_at = clock_now()};
        row.name = Sealed(name);
        if (!email.empty()) row.email = Sealed(Email(email));
        database.keys().make(row.id);
        return add(row).id;
    }

    void account(PersonId person)
    {
        add(people::Account{.person_id = person, .password_hash = "$argon2id$of-a-test", .created_at = clock_now()});
    }

    SessionId session(PersonId person)
    {
        people::Session row{
            .id = SessionId::make(), .person_id = person, .token_hash = crypto::hash(to_text(new_uuid()))
        };
        row.client = Sealed(std::string("Firefox on Linux"));
        row.created_at = row.last_seen_at = row.expires_at = clock_now();
        return add(row).id;
    }

    WorkspaceId workspace(const std::string& name)
    {
        return add(people::Workspace{.id = WorkspaceId::make(), .name = name, .created_at = clock_now()}).id;
    }

    void member(WorkspaceId workspace, PersonId person)
    {
        add(people::Membership{
            .workspace_id = workspace, .person_id = person, .role = people::Role::member, .created_at = clock_now()
        });
    }

    work::Project project(WorkspaceId workspace, const std::string& key)
    {
        return add(work::Project{
            .workspace_id = workspace,
            .id = ProjectId::make(),
            .key = key,
            .name = "Project " + key,
            .created_at = clock_now()
        });
    }

    work::Task task(const work::Project& project, const std::string& title, std::optional<PersonId> author)
    {
        return add(work::Task{
            .workspace_id = project.workspace_id,
            .id = TaskId::make(),
            .project_id = project.id,
            .number = ++last_number_,
            .status_id = StatusId::make(),
            .title = title,
            .created_at = clock_now(),
            .created_by = author,
        });
    }

    void assign(const work::Task& task, PersonId person)
    {
        add(work::TaskAssignee{.workspace_id = task.workspace_id, .task_id = task.id, .person_id = person});
    }

    work::Comment comment(const work::Task& task, const std::string& body, std::optional<PersonId> author)
    {
        return add(work::Comment{
            .workspace_id = task.workspace_id,
            .id = CommentId::make(),
            .task_id = task.id,
            .author_id = author,
            .created_at = clock_now(),
            .body = body,
        });
    }

    std::int64_t rows(std::string_view table, std::string_view where = "1")
    {
        return database.read([&](store::Read& read) {
            return *store::query_one<std::int64_t>(read, fmt::format("SELECT count(*) FROM {} WHERE {}", table, where));
        });
    }

    template <class Row, class... Key>
    std::optional<Row> found(const Key&... key)
    {
        return database.read([&](store::Read& read) { return store::find<Row>(read, key...); });
    }

    Folder folder;
    store::Database database{store::Settings{.folder = folder.path(), .is_durable = false}};

private:
    std::int64_t last_number_ = 0;
};

} // namespace dialpine::privacy
