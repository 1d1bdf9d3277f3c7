#include "privacy/authorities.hpp"

#include "base/problem.hpp"
#include "store/rows.hpp"
#include "store/transparency.hpp"

#include <set>

namespace dialpine::privacy {
namespace {
Day today() { return std::chrono::floor<std::chrono::days>(clock_now()); }

std::string received_statement(const AuthorityRequest& request)
{
    return fmt::format(
        R"({{"request":"{}","kind":"{}","received_on":"{}"}})",
        to_text(request.id),
        json::name_of(request.kind),
        to_text(request.received_on)
    );
}

std::string answered_statement(const AuthorityRequest& request)
{
    return fmt::format(
        R"({{"request":"{}","outcome":"{}","answered_on":"{}","persons":{},"records":{}}})",
        to_text(request.id),
        json::name_of(request.outcome),
        to_text(*request.answered_on),
        request.persons,
        request.records
    );
}

/// What the log must say of the register as it is.
std::multiset<std::string> expected_statements(const std::vector<AuthorityRequest>& requests)
{
    std::multiset<std::string> statements;
    for (const auto& request : requests) {
        statements.insert(received_statement(request));
        if (request.answered_on) statements.insert(answered_statement(request));
    }
    return statements;
}

std::multiset<std::string> logged_statements(const store::Read& read)
{
    std::multiset<std::string> statements;
    for (const auto& entry : store::select<store::LogEntry>(read, "WHERE kind = 'authority' ORDER BY number"))
        statements.insert(entry.statement.value_or(""));
    return statements;
}

void count_in(AuthorityCount& count, const AuthorityRequest& request)
{
    ++count.requests;
    switch (request.outcome) {
    case AuthorityOutcome::pending: ++count.pending; break;
    case AuthorityOutcome::complied: ++count.complied; break;
    case AuthorityOutcome::partly: ++count.partly; break;
    case AuthorityOutcome::refused: ++count.refused; break;
    }
    count.persons += request.persons;
    count.records += request.records;
}

void check_answer(const AuthorityRequest& request, const AuthorityAnswer& answer)
{
    std::vector<FieldError> errors;
    if (answer.outcome == AuthorityOutcome::pending) errors.push_back({"/outcome", "must say how it was answered"});
    if (answer.answered_on < request.received_on) errors.push_back({"/answered_on", "is before the request"});
    if (answer.answered_on > today()) errors.push_back({"/answered_on", "is a day to come"});
    if (answer.persons < 0) errors.push_back({"/persons", "must not be less than nothing"});
    if (answer.records < 0) errors.push_back({"/records", "must not be less than nothing"});
    if (answer.outcome == AuthorityOutcome::refused && (answer.persons != 0 || answer.records != 0))
        errors.push_back({"/outcome", "a refusal discloses nothing"});
    if (!errors.empty()) throw Problem::invalid(std::move(errors));
}
} // namespace

AuthorityRequest add_authority_request(store::Write& write, const NewAuthorityRequest& wish)
{
    std::string authority = wish.authority;
    if (const auto wrong = check_line(authority, wish.authority.most); !wrong.empty())
        throw Problem::invalid("/authority", std::string(wrong));
    if (wish.received_on > today()) throw Problem::invalid("/received_on", "is a day to come");
    const AuthorityRequest request{
        .id = AuthorityRequestId::make(),
        .kind = wish.kind,
        .authority = authority,
        .received_on = wish.received_on,
        .outcome = AuthorityOutcome::pending,
        .created_at = clock_now(),
    };
    store::insert(write, request);
    store::log_public(write, store::LogKind::authority, received_statement(request));
    return request;
}

AuthorityRequest answer_authority_request(store::Write& write, AuthorityRequestId id, const AuthorityAnswer& answer)
{
    auto request = store::find<AuthorityRequest>(write, id);
    if (!request) throw Problem::not_found();
    if (request->answered_on) throw Problem::conflict("done-before", "This request was answered before.");
    check_answer(*request, answer);
    request->outcome = answer.outcome;
    request->answered_on = answer.answered_on;
    request->persons = answer.persons;
    request->records = answer.records;
    store::update(write, *request);
    store::log_public(write, store::LogKind::authority, answered_statement(*request));
    return *request;
}

std::vector<AuthorityRequest> list_authority_requests(const store::Read& read)
{
    return store::select<AuthorityRequest>(read, "ORDER BY received_on DESC, id DESC");
}

TransparencyReport transparency_report(store::Read& read)
{
    const auto requests = list_authority_requests(read);
    TransparencyReport report;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<AuthorityKind>>([&](auto each) {
        AuthorityCount count{.kind = each.value};
        for (const auto& request : requests)
            if (request.kind == each.value) count_in(count, request);
        report.requests += count.requests;
        report.persons += count.persons;
        report.records += count.records;
        report.kinds.push_back(count);
    });
    const auto expected = expected_statements(requests);
    const auto logged = logged_statements(read);
    report.log_entries = static_cast<std::int64_t>(logged.size());
    for (const auto& statement : expected)
        if (logged.count(statement) < expected.count(statement))
            report.differences.push_back(fmt::format("The register says what the log does not: {}", statement));
    for (const auto& statement : logged)
        if (expected.count(statement) < logged.count(statement))
            report.differences.push_back(fmt::format("The log says what the register does not: {}", statement));
    report.equals_log = report.differences.empty();
    return report;
}

} // namespace dialpine::privacy
