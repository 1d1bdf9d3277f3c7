#pragma once
#include "base/crypto.hpp"
#include "people/actor.hpp"
#include "people/person.hpp"
#include "people/workspace.hpp"
#include "store/rows.hpp"
#include "work/rank.hpp"
#include "work/task.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

/// A data folder of its own for each test, with a database in it and words to furnish it. All of it is plainly test
/// data.
namespace dialpine::support {

/// A new empty folder that goes with the test.
class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("dialpine-test-" + to_text(new_uuid())))
    {
        std::filesystem::create_directories(path_);
    }
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

inline std::string bytes_of(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The names of the files in which these bytes stand anywhere.
inline std::vector<std::string> files_with(const std::filesystem::path& folder, std::string_view bytes)
{
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && bytes_of(entry.path()).find(bytes) != std::string::npos)
            names.push_back(entry.path().filename());
    return names;
}

/// What happens in the test's database before the test begins to look: `given.person("Mia Example")`.
class Given {
public:
    explicit Given(store::Database& database) : database_(database) {}

    template <class Row>
    Row row(Row made)
    {
        database_.write([&](store::Write& write) { store::insert(write, made); });
        return made;
    }

    /// A person with a key; known by name only, if there is no address.
    people::Person person(const std::string& name, const std::string& email = {})
    {
        people::Person made{
            .id = PersonId::make(), .name = Sealed(name), .created_at = clock_now(), .changed_at = clock_now()
        };
        if (!email.empty()) made.email = Sealed(Email(email));
        database_.keys().make(made.id);
        return row(std::move(made));
    }

    people::Workspace workspace(const std::string& name = "Test house")
    {
        return row(people::Workspace{
            .id = WorkspaceId::make(), .name = name, .created_at = clock_now(), .changed_at = clock_now()
        });
    }

    /// What the person is in the workspace, as a route would find it.
    people::Actor member(WorkspaceId workspace, PersonId person, people::Role role = people::Role::member)
    {
        row(people::Membership{
            .workspace_id = workspace,
            .person_id = person,
            .role = role,
            .created_at = clock_now(),
            .changed_at = clock_now()
        });
        return {.person = person, .workspace = workspace, .role = role};
    }

    work::Project project(WorkspaceId workspace, const std::string& key = "WEB")
    {
        return row(work::Project{
            .workspace_id = workspace,
            .id = ProjectId::make(),
            .key = key,
            .name = "Project " + key,
            .created_at = clock_now(),
            .changed_at = clock_now(),
        });
    }

    work::Status status(
        const work::Project& project, const std::string& name, work::StatusGroup group = work::StatusGroup::unstarted
    )
    {
        return row(work::Status{
            .workspace_id = project.workspace_id,
            .id = StatusId::make(),
            .project_id = project.id,
            .name = name,
            .status_group = group,
            .created_at = clock_now(),
            .changed_at = clock_now(),
        });
    }

    /// With its line in the change log, as the domain writes it.
    work::Task task(const work::Project& project, const std::string& title, const std::string& description = {})
    {
        work::Task made{
            .workspace_id = project.workspace_id,
            .id = TaskId::make(),
            .project_id = project.id,
            .number = ++last_number_,
            .status_id = StatusId::make(),
            .position = work::rank_at(static_cast<std::size_t>(last_number_)),
            .title = title,
            .created_at = clock_now(),
            .changed_at = clock_now(),
            .description = description,
        };
        database_.write([&](store::Write& write) {
            store::insert(write, made);
            write.append(change_of(made, store::ChangeKind::task_created));
        });
        return made;
    }

    work::Comment comment(const work::Task& task, const std::string& body, std::optional<PersonId> author = {})
    {
        const work::Comment made{
            .workspace_id = task.workspace_id,
            .id = CommentId::make(),
            .task_id = task.id,
            .author_id = author,
            .created_at = clock_now(),
            .changed_at = clock_now(),
            .body = body,
        };
        database_.write([&](store::Write& write) {
            store::insert(write, made);
            count_up(write, task, "comment_count");
            auto change = change_of(task, store::ChangeKind::comment_created);
            change.object_id = made.id;
            write.append(change);
        });
        return made;
    }

    work::ChecklistItem checklist_item(const work::Task& task, const std::string& text)
    {
        const work::ChecklistItem made{
            .workspace_id = task.workspace_id,
            .task_id = task.id,
            .id = ChecklistItemId::make(),
            .list = {},
            .text = text
        };
        database_.write([&](store::Write& write) {
            store::insert(write, made);
            count_up(write, task, "checklist_count");
            write.append(change_of(task, store::ChangeKind::task_changed));
        });
        return made;
    }

    static store::Change change_of(const work::Task& task, store::ChangeKind kind)
    {
        return {
            .workspace_id = task.workspace_id,
            .kind = kind,
            .object_id = task.id,
            .project_id = task.project_id,
            .task_id = task.id,
        };
    }

private:
    static void count_up(store::Write& write, const work::Task& task, std::string_view counter)
    {
        store::execute(
            write,
            fmt::format("UPDATE tasks SET {0} = {0} + 1 WHERE workspace_id = $1 AND id = $2", counter),
            task.workspace_id,
            task.id
        );
    }

    store::Database& database_;
    std::int64_t last_number_ = 0;
};

/// A test with a database in a folder of its own. Nothing is synced, because no test here pulls the plug.
class House : public ::testing::Test {
protected:
    template <class Row, class... Key>
    std::optional<Row> found(const Key&... key)
    {
        return database.read([&](store::Read& read) { return store::find<Row>(read, key...); });
    }
    std::int64_t rows(std::string_view table, std::string_view where = "1 = 1")
    {
        return database.read([&](store::Read& read) {
            return store::query_one<std::int64_t>(read, fmt::format("SELECT count(*) FROM {} WHERE {}", table, where))
                .value_or(-1);
        });
    }

    struct Ready {
        Ready() { crypto::initialise(); }
    } ready;
    Folder folder;
    store::Database database{store::Settings{.folder = folder.path(), .is_durable = false}};
    Given given{database};
};

/// Moves the clock for one test and puts it back.
class MovedClock {
public:
    MovedClock() = default;
    ~MovedClock() { set_clock_ahead(std::chrono::milliseconds{0}); }
    MovedClock(const MovedClock&) = delete;
    MovedClock& operator=(const MovedClock&) = delete;
    void advance(std::chrono::milliseconds by) { set_clock_ahead(ahead_ += by); }

private:
    std::chrono::milliseconds ahead_{0};
};

} // namespace dialpine::support
