#include "base/assets.hpp"
#include "command/commands.hpp"
#include "links/import_source.hpp"
#include "links/trello_import.hpp"
#include "people/invitations.hpp"
#include "store/rows.hpp"
#include "work/tasks.hpp"

namespace dialpine::command {
namespace {
constexpr std::string_view demo_board = "demo/board.json";
constexpr std::string_view demo_password = "look-around";

struct DemoPerson {
    std::string_view name;
    std::string_view email;
    people::Role role;
};
constexpr std::array<DemoPerson, 4> demo_people{{
    {"Mia Example", "mia@dialpine.example", people::Role::owner},
    {"Ravi Sample", "ravi@dialpine.example", people::Role::admin},
    {"李 小明", "xiaoming@dialpine.example", people::Role::member},
    {"Gus Guest", "gus@dialpine.example", people::Role::guest},
}};

/// An embedded file as something to import.
class AssetSource : public links::ImportSource {
public:
    explicit AssetSource(std::string_view bytes) : bytes_(bytes) {}
    void rewind() override { at_ = 0; }
    std::size_t read(std::span<char> into) override
    {
        const auto count = std::min(into.size(), bytes_.size() - at_);
        std::copy_n(bytes_.data() + at_, count, into.data());
        at_ += count;
        return count;
    }
    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

/// Some of the open tasks become the demo people's own, due around today.
void assign_some(
    store::Write& write, const people::Actor& actor, ProjectId project, const std::vector<PersonId>& persons
)
{
    const auto tasks = work::list_tasks(write, actor, project, {.limit = 200}).items;
    const Instant today = std::chrono::floor<std::chrono::days>(clock_now());
    std::size_t next = 0;
    for (const auto& task : tasks) {
        if (task.completed_at || !task.assignee_ids.empty()) continue;
        const auto who = persons[next % persons.size()];
        work::TaskChange change;
        change.assignee_ids = std::vector{who};
        if (next % 2 == 0)
            change.due_at = std::optional<Instant>(
                today + std::chrono::days{static_cast<int>(next % 9) - 2} + std::chrono::hours{16}
            );
        if (++next > 24) break;
        work::change_task(write, actor, {.id = task.id, .key = {}}, change);
    }
}
} // namespace

void fill_demo(api::House& house, Output& output)
{
    if (house.database.read([](store::Read& read) { return people::has_accounts(read); })) return;
    const auto bytes = find_asset(demo_board);
    if (!bytes.data()) throw std::runtime_error("This program was built without its demo board.");
    const auto hash = crypto::hash_password(demo_password);
    std::vector<PersonId> persons;
    const auto actor = house.database.write([&](store::Write& write) {
        for (const auto& each : demo_people)
            persons.push_back(
                people::add_account(write, people::Name(std::string(each.name)), Email(std::string(each.email)), hash)
            );
        const auto workspace =
            people::create_workspace(write, {.person = persons.front()}, {people::Name("Pine Street")});
        for (std::size_t i = 1; i < persons.size(); ++i)
            store::insert(
                write,
                people::Membership{
                    .workspace_id = workspace.id,
                    .person_id = persons[i],
                    .role = demo_people[i].role,
                    .created_at = clock_now(),
                    .changed_at = clock_now(),
                }
            );
        return people::Actor{persons.front(), workspace.id, people::Role::owner};
    });
    AssetSource source(bytes);
    const auto report = links::import_trello(house.database, actor, source, [](double, std::string_view) {});
    persons.pop_back(); // a guest is not assigned work
    house.database.write([&](store::Write& write) { assign_some(write, actor, report.project_id, persons); });
    output.message(fmt::format(
        "A demo board is here. Sign in as {} with the password {}.", demo_people.front().email, demo_password
    ));
}

} // namespace dialpine::command
