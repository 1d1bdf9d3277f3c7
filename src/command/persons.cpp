#include "api/resources.hpp"
#include "base/json.hpp"
#include "command/commands.hpp"
#include "command/private_file.hpp"
#include "people/accounts.hpp"
#include "people/restriction.hpp"
#include "people/second_factor.hpp"
#include "privacy/export.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

namespace dialpine::command {
namespace {
std::optional<people::Person> find_person(api::House& house, const std::string& email)
{
    return house.database.read([&](store::Read& read) { return people::find_person_by_email(read, email); });
}

Exit nobody(Output& output)
{
    output.message("No person has this address. See `dialpine user list`.");
    return Exit::failed;
}

struct UserRow {
    PersonId id;
    std::string name;
    std::string email;
    bool is_operator = false;
    Instant created_at{};
};
BOOST_DESCRIBE_STRUCT(UserRow, (), (id, name, email, is_operator, created_at))

/// What the operator saw or did of a person stands in the transparency log, where the person finds it.
void note_staff(store::Write& write, PersonId person, std::string_view what)
{
    store::log_of(write, store::LogKind::staff_read, person, fmt::format(R"({{"what":"{}"}})", what));
}
} // namespace

Exit export_person(api::House& house, const ExportPersonWish& wish, Output& output)
{
    const auto person = find_person(house, wish.email);
    if (!person) return nobody(output);
    house.database.write([&](store::Write& write) { note_staff(write, person->id, "export by the operator"); });
    const auto archive = house.database.read([&](store::Read& read) {
        return std::make_shared<privacy::PersonExport>(read, person->id);
    });
    write_private(wish.out, [&] { return archive->next(); });
    output.result(wish.out.string());
    return Exit::done;
}

Exit erase_person(api::House& house, const ErasePersonWish& wish, Output& output)
{
    const auto person = find_person(house, wish.email);
    if (!person) return nobody(output);
    try {
        people::Handover handover;
        if (wish.closes_workspaces)
            house.database.read([&](store::Read& read) {
                for (const auto& membership :
                     store::select<people::Membership>(read, "WHERE person_id = $1", person->id))
                    handover.closing.push_back(membership.workspace_id);
            });
        const auto job = api::erase_person(
            house.database,
            person->id,
            handover,
            wish.takes_content ? privacy::WrittenContent::take : privacy::WrittenContent::leave
        );
        house.forget_traces();
        if (wish.json) {
            output.result(json::to_json(api::to_view(job)));
            return Exit::done;
        }
        if (job.state == store::JobState::queued) {
            output.result("A legal hold delays it; until then nothing is used. See `dialpine hold list`.");
            return Exit::refused;
        }
        output.result("Erased. The certificate: /api/v1/erasures/" + to_text(job.id));
        return Exit::done;
    } catch (const Problem& problem) {
        if (problem.status != 409) throw;
        output.message(problem.detail + " On the command line: --close-workspaces, or make another owner first.");
        return Exit::refused;
    }
}

Exit restrict_person(api::House& house, const RestrictWish& wish, Output& output)
{
    const auto id = parse_uuid(wish.person);
    const auto by_email = id ? std::nullopt : find_person(house, wish.person);
    if (!id && !by_email) return nobody(output);
    const PersonId person = id ? PersonId(*id) : by_email->id;
    house.database.write([&](store::Write& write) {
        if (wish.lifts)
            people::lift_restriction(write, person);
        else
            people::restrict_person(write, person, people::RestrictedBy::the_operator);
    });
    output.result(wish.lifts ? "The restriction is lifted." : "What is held of this person is used for nothing now.");
    return Exit::done;
}

Exit add_user(api::House& house, const AddUserWish& wish, Output& output)
{
    std::string email_text = wish.email;
    std::string name_text = wish.name;
    if (const auto wrong = check_email(email_text); !wrong.empty()) {
        output.message("The address " + std::string(wrong) + ".");
        return Exit::wrong_use;
    }
    if (const auto wrong = check_line(name_text, people::Name::most); !wrong.empty()) {
        output.message("The name " + std::string(wrong) + ".");
        return Exit::wrong_use;
    }
    const std::string password = crypto::new_token().substr(0, 20);
    const auto hash = crypto::hash_password(password);
    const auto id = house.database.write([&](store::Write& write) {
        return people::add_account(write, people::Name(name_text), Email(email_text), hash);
    });
    if (wish.json)
        output.result(fmt::format(R"({{"id":"{}","password":"{}"}})", to_text(id), password));
    else
        output.result("Password, shown only now: " + password);
    return Exit::done;
}

Exit list_users(api::House& house, bool json, Output& output)
{
    const auto rows = house.database.read([](store::Read& read) {
        std::vector<UserRow> users;
        for (const auto& account : store::select<people::Account>(read, "ORDER BY created_at, person_id"))
            if (const auto shown = people::shown_to_others(read, account.person_id))
                users.push_back({
                    .id = account.person_id,
                    .name = shown->name,
                    .email = shown->email.value_or(""),
                    .is_operator = account.is_operator,
                    .created_at = account.created_at,
                });
        return users;
    });
    house.database.write([&](store::Write& write) {
        store::log_public(
            write, store::LogKind::staff_read, fmt::format(R"({{"what":"accounts","accounts":{}}})", rows.size())
        );
    });
    if (json) {
        output.result(json::to_json(rows));
        return Exit::done;
    }
    for (const auto& user : rows)
        output.result(fmt::format("{}  {}{}", user.email, user.name, user.is_operator ? "  (operator)" : ""));
    return Exit::done;
}

Exit reset_password(api::House& house, const std::string& email, Output& output)
{
    const auto person = find_person(house, email);
    if (!person) return nobody(output);
    const std::string password = crypto::new_token().substr(0, 20);
    const auto hash = crypto::hash_password(password);
    house.database.write([&](store::Write& write) { 
        people::reset_password(write, person->id, hash);
        note_staff(write, person->id, "password set by the operator");
    });
    output.result("New password, shown only now: " + password);
    output.message("All of the person's sessions have ended.");
    return Exit::done;
}

Exit remove_second_factor(api::House& house, const std::string& email, Output& output)
{
    const auto person = find_person(house, email);
    if (!person) return nobody(output);
    house.database.write([&](store::Write& write) {
        people::remove_second_factor(write, person->id);
        note_staff(write, person->id, "second factor removed by the operator");
    });
    output.result("The password alone signs this person in now. They find a notice in their mail and their log.");
    return Exit::done;
}

} // namespace dialpine::command
