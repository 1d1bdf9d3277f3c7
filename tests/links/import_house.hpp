#pragma once
#include "base/crypto.hpp"
#include "base/problem.hpp"
#include "links/trello_import.hpp"
#include "people/person.hpp"
#include "store/rows.hpp"
#include "work/task.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>

/// A data folder of its own with one workspace and its owner, Mia Example, who imports boards.
namespace dialpine::links {

/// A file that is only in memory.
class TextSource : public ImportSource {
public:
    explicit TextSource(std::string text) : text_(std::move(text)) {}
    void rewind() override { at_ = 0; }
    std::size_t read(std::span<char> into) override
    {
        const auto part = std::string_view(text_).substr(at_, into.size());
        std::memcpy(into.data(), part.data(), part.size());
        at_ += part.size();
        return part.size();
    }
    [[nodiscard]] std::uint64_t size() const override { return text_.size(); }

private:
    std::string text_;
    std::size_t at_ = 0;
};

inline std::string text_of(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string small_board()
{
    return text_of(std::filesystem::path(DIALPINE_SOURCE_DIR) / "tests" / "fixtures" / "trello-small.json");
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
    return text;
}

class ImportHouse : public ::testing::Test {
protected:
    ImportHouse() : ImportHouse(false) {}
    explicit ImportHouse(bool is_durable)
        : folder_(
              (crypto::initialise(), std::filesystem::temp_directory_path() / ("dialpine-test-" + to_text(new_uuid())))
          ),
          database_(std::make_unique<store::Database>(store::Settings{.folder = folder_, .is_durable = is_durable}))
    {
        actor_ = {.person = PersonId::make(), .workspace = WorkspaceId::make(), .role = people::Role::owner};
        database_->keys().make(actor_.person);
        database_->write([&](store::Write& write) {
            store::insert(
                write, people::Person{.id = actor_.person, .name = Sealed<std::string>("Mia Example"), .email = {}}
            );
            store::insert(
                write, people::Workspace{.id = actor_.workspace, .name = "Test house", .created_by = actor_.person}
            );
            store::insert(
                write,
                people::Membership{
                    .workspace_id = actor_.workspace, .person_id = actor_.person, .role = people::Role::owner
                }
            );
        });
    }
    ~ImportHouse() override
    {
        database_.reset();
        std::filesystem::remove_all(folder_);
    }

    ImportReport import(ImportSource& source)
    {
        return import_trello(*database_, actor_, source, [](double, std::string_view) {});
    }
    ImportReport import_text(std::string text)
    {
        TextSource source(std::move(text));
        return import(source);
    }

    template <class Row, class... Values>
    std::vector<Row> rows(std::string_view tail, const Values&... values)
    {
        return database_->read([&](store::Read& read) { return store::select<Row>(read, tail, values...); });
    }
    std::int64_t count(std::string_view table)
    {
        return database_->read([&](store::Read& read) {
            return store::query_one<std::int64_t>(read, fmt::format("SELECT count(*) FROM {}", table)).value_or(-1);
        });
    }
    work::Task task(std::string_view title)
    {
        auto found = rows<work::Task>("WHERE title = $1", title);
        EXPECT_EQ(found.size(), 1U) << title;
        return found.empty() ? work::Task{} : found.front();
    }
    work::Status status_of(const work::Task& task)
    {
        return database_->read([&](store::Read& read) {
            return store::find<work::Status>(read, task.workspace_id, task.status_id).value_or(work::Status{});
        });
    }
    std::string name_of(PersonId id)
    {
        return database_->read([&](store::Read& read) {
            const auto person = store::find<people::Person>(read, id);
            return person ? person->name.reveal() : std::string();
        });
    }
    /// The counters on every task are those of its rows.
    void expect_true_counters()
    {
        for (const auto& task : rows<work::Task>("")) {
            const auto items = rows<work::ChecklistItem>("WHERE task_id = $1", task.id);
            EXPECT_EQ(task.checklist_count, std::ssize(items)) << task.title;
            EXPECT_EQ(task.checklist_done, std::ranges::count_if(items, &work::ChecklistItem::is_done)) << task.title;
            EXPECT_EQ(
                task.comment_count,
                std::ssize(rows<work::Comment>("WHERE task_id = $1 AND deleted_at IS NULL", task.id))
            );
            EXPECT_EQ(task.link_count, std::ssize(rows<work::Link>("WHERE task_id = $1", task.id))) << task.title;
        }
    }

    std::filesystem::path folder_;
    std::unique_ptr<store::Database> database_;
    people::Actor actor_;
};

inline std::int64_t skipped(const ImportReport& report, std::string_view what)
{
    std::int64_t count = 0;
    for (const auto& each : report.skipped)
        if (each.what == what) count += each.count;
    return count;
}

} // namespace dialpine::links
