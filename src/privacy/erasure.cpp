#include "privacy/erasure.hpp"

#include "base/log.hpp"
#include "egress/disclosures.hpp"
#include "people/person.hpp"
#include "privacy/catalogue.hpp"
#include "store/parts.hpp"

#include <limits>
#include <thread>

namespace dialpine::privacy {
namespace {
using store::Column;
using store::Table;

constexpr std::string_view why_erased = "it was about this person alone";
constexpr std::string_view why_unlinked = "it is the team's; the person's id was taken off it";

bool erases_row(const Column* column)
{
    const auto rule = column->personal->at_erasure;
    return rule == AtErasure::erase_row || rule == AtErasure::destroy_key;
}

/// `a = $1 OR b = $1` for the subjects of those columns that follow the rule; empty when there are none.
template <class Rule>
std::string where_rule(const Table& table, Rule follows)
{
    std::string where;
    for (const auto& subject : subject_columns(table))
        if (std::ranges::any_of(columns_of_subject(table, subject), follows))
            where += fmt::format("{}{} = $1", where.empty() ? "" : " OR ", subject);
    return where;
}

std::int64_t count_rows(const store::Read& read, const Table& table, const std::string& where, PersonId person)
{
    const auto sql = fmt::format("SELECT count(*) FROM {} WHERE {}", table.name, where);
    return store::query_one<std::int64_t>(read, sql, person).value_or(0);
}

/// `(a, b) IN (SELECT a, b FROM t WHERE … LIMIT n)`.
std::string some_of(const Table& table, std::string_view where, std::int64_t most)
{
    std::string key;
    for (const auto& name : table.key) key += fmt::format("{}{}", key.empty() ? "" : ", ", name);
    return fmt::format("({0}) IN (SELECT {0} FROM {1} WHERE {2} LIMIT {3})", key, table.name, where, most);
}

class Erasure {
public:
    Erasure(store::Write& write, Certificate& certificate, std::int64_t most_rows)
        : write_(write), certificate_(certificate), person_(certificate.person), left_(most_rows)
    {
    }

    /// False when there is more to do than this step may.
    bool run()
    {
        for (const Table* table : store::all_tables()) {
            erase_rows(*table);
            if (left_ <= 0) return false;
            count_rows_that_stay(*table);
            unlink_rows(*table);
            if (left_ <= 0) return false;
        }
        return true;
    }

private:
    void erase_rows(const Table& table)
    {
        const auto where = where_rule(table, erases_row);
        if (where.empty()) return;
        const auto bind = [&](store::Statement& statement) { store::bind_value(statement, 1, person_); };
        for (const auto& [name, rows] : store::remove_where(write_, table, some_of(table, where, left_), bind)) {
            note(name, ErasureRule::erased, rows, why_erased);
            if (name == store::table_of<people::Session>->name) certificate_.sessions_ended += rows;
            left_ -= rows;
        }
    }

    /// Once, while the rows still say whose they are.
    void count_rows_that_stay(const Table& table)
    {
        const auto unlinks = [](const Column* column) { return column->personal->at_erasure == AtErasure::unlink; };
        std::map<std::pair<ErasureRule, std::string_view>, std::string> where_by_reason;
        for (const auto& column : table.columns) {
            if (!column.personal || column.personal->at_erasure != AtErasure::keep) continue;
            auto& where = where_by_reason[{ErasureRule::kept, column.personal->why_kept}];
            const auto term = fmt::format("{} = $1", column.personal->of.column);
            if (where.find(term) == std::string::npos) where += (where.empty() ? "" : " OR ") + term;
        }
        if (auto where = where_rule(table, unlinks); !where.empty())
            where_by_reason[{ErasureRule::unlinked, why_unlinked}] = std::move(where);
        for (const auto& [line, where] : where_by_reason)
            if (!find_line(table.name, line.first, line.second))
                note(table.name, line.first, count_rows(write_, table, where, person_), line.second);
    }

    void unlink_rows(const Table& table)
    {
        for (const auto& subject : subject_columns(table)) {
            std::string sets;
            for (const Column* column : columns_of_subject(table, subject)) {
                if (column->personal->at_erasure != AtErasure::unlink) continue;
                sets += fmt::format("{}{} = NULL", sets.empty() ? "" : ", ", column->name);
                if (column->is_looked_up) sets += fmt::format(", {}_hash = NULL", column->name);
            }
            if (sets.empty() || left_ <= 0) continue;
            const auto where = some_of(table, fmt::format("{} = $1", subject), left_);
            left_ -= store::execute(write_, fmt::format("UPDATE {} SET {} WHERE {}", table.name, sets, where), person_);
        }
    }

    ErasedTable* find_line(std::string_view table, ErasureRule rule, std::string_view why)
    {
        for (auto& known : certificate_.tables)
            if (known.table == table && known.rule == rule && known.why == why) return &known;
        return nullptr;
    }

    void note(std::string_view table, ErasureRule rule, std::int64_t rows, std::string_view why)
    {
        if (rows == 0) return;
        if (auto* known = find_line(table, rule, why))
            known->rows += rows;
        else
            certificate_.tables.push_back({std::string(table), rule, rows, std::string(why)});
    }

    store::Write& write_;
    Certificate& certificate_;
    PersonId person_;
    std::int64_t left_; ///< rows that this step may still touch
};

void tell_workspaces(store::Write& write, const std::set<WorkspaceId>& workspaces, PersonId person)
{
    for (const WorkspaceId workspace : workspaces)
        write.append({.workspace_id = workspace, .kind = store::ChangeKind::person_changed, .object_id = person});
}

/// One statement that asks every table whether it knows what an erasure takes away.
std::string is_known_sql()
{
    const auto goes = [](const Column* column) { return column->personal->at_erasure != AtErasure::keep; };
    std::string sql;
    for (const Table* table : store::all_tables())
        if (const auto where = where_rule(*table, goes); !where.empty())
            sql += fmt::format(
                "{}EXISTS (SELECT 1 FROM {} WHERE {})", sql.empty() ? "SELECT " : " OR ", table->name, where
            );
    return sql;
}
} // namespace

ErasureSteps::ErasureSteps(PersonId person)
{
    certificate_.erased_at = clock_now();
    certificate_.person = person;
}

bool ErasureSteps::go_on(store::Write& write, std::int64_t most_rows)
{
    const bool is_first = !certificate_.sealed_key_destroyed;
    if (is_first) {
        workspaces_ = workspaces_that_know(write, certificate_.person);
        certificate_.recipients_told = egress::queue_notices(write, certificate_.person, egress::NoticeKind::erasure);
    }
    const bool is_done = Erasure(write, certificate_, most_rows).run();
    // Names are gone at once; who stands on what, only with the last step.
    if (is_first || is_done) tell_workspaces(write, workspaces_, certificate_.person);
    if (is_first) {
        certificate_.sealed_key_destroyed = true;
        write.keys().destroy(certificate_.person);
    }
    return is_done;
}

Certificate erase(store::Write& write, PersonId person)
{
    ErasureSteps steps(person);
    steps.go_on(write, std::numeric_limits<std::int64_t>::max());
    return std::move(steps.certificate());
}

void log_certificate(store::Write& write, Certificate& certificate)
{
    certificate.log.reset();
    LoggedCertificate logged;
    logged.statement = fmt::format(R"({{"certificate_sha256":"{}"}})", crypto::sha256_hex(json::to_json(certificate)));
    const auto number = store::log_public(write, store::LogKind::erasure, logged.statement);
    logged.head = find_log_head(write);
    logged.proof = prove_inclusion(write, {.index = number, .size = logged.head.size});
    certificate.log = std::move(logged);
}

std::vector<PersonId> unfinished_erasures(store::Database& database)
{
    const auto sql = is_known_sql();
    return database.read([&](store::Read& read) {
        std::vector<PersonId> persons;
        for (const PersonId person : database.keys().tombstones())
            if (store::query_one<bool>(read, sql, person).value_or(false)) persons.push_back(person);
        return persons;
    });
}

int finish_erasures(store::Database& database)
{
    const auto unfinished = unfinished_erasures(database);
    for (const PersonId person : unfinished) {
        auto job = database.read([&](store::Read& read) { return find_erasure_of(read, person); });
        ErasureSteps steps(person);
        if (job) steps = ErasureSteps(json::from_json<Certificate>(*job->report));
        while (!database.write([&](store::Write& write) { return erase_step(write, steps, job); })) {}
    }
    if (!unfinished.empty()) forget_traces(database);
    return static_cast<int>(unfinished.size());
}

std::optional<store::Job> find_erasure_of(const store::Read& read, PersonId person)
{
    return store::select_one<store::Job>(read, "WHERE scope = $1 AND kind = 'erasure' AND state = 'running'", person);
}

bool erase_step(store::Write& write, ErasureSteps& steps, std::optional<store::Job>& job)
{
    const bool is_done = steps.go_on(write, rows_in_a_step);
    if (!job) return is_done;
    auto& certificate = steps.certificate();
    if (is_done) log_certificate(write, certificate);
    job->report = json::to_json(certificate);
    job->state = is_done ? store::JobState::done : store::JobState::running;
    job->step = is_done ? "done" : "erasing";
    job->progress = is_done ? 1 : 0;
    job->scope = is_done ? Uuid{} : Uuid(certificate.person); // so that a start finds what was cut off
    job->changed_at = clock_now();
    store::upsert(write, *job);
    return is_done;
}

bool forget_traces(store::Database& database)
{
    constexpr int most_tries = 25;
    constexpr std::chrono::milliseconds between{200};
    database.renew_readers();
    for (int i = 0; i < most_tries; ++i) {
        if (i > 0) std::this_thread::sleep_for(between);
        if (database.checkpoint()) return true;
    }
    log::say(log::Level::warn, "A reader keeps the write-ahead log", "it still holds pages from before an erasure");
    return false;
}

} // namespace dialpine::privacy
