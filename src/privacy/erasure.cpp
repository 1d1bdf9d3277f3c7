#include "privacy/erasure.hpp"

#include "base/log.hpp"
#include "egress/disclosures.hpp"
#include "people/person.hpp"
#include "privacy/catalogue.hpp"
#include "store/parts.hpp"

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

class Erasure {
public:
    Erasure(store::Write& write, PersonId person) : write_(write), person_(person) {}

    Certificate run()
    {
        certificate_.erased_at = clock_now();
        certificate_.person = person_;
        const auto workspaces = workspaces_that_know(write_, person_);
        certificate_.recipients_told = egress::queue_notices(write_, person_, egress::NoticeKind::erasure);
        for (const Table* table : store::all_tables()) {
            erase_rows(*table);
            keep_rows(*table);
            unlink_rows(*table);
        }
        for (const WorkspaceId workspace : workspaces)
            write_.append({.workspace_id = workspace, .kind = store::ChangeKind::person_changed, .object_id = person_});
        certificate_.sealed_key_destroyed = true;
        write_.keys().destroy(person_);
        return std::move(certificate_);
    }

private:
    void erase_rows(const Table& table)
    {
        const auto where = where_rule(table, erases_row);
        if (where.empty()) return;
        const auto bind = [&](store::Statement& statement) { store::bind_value(statement, 1, person_); };
        for (const auto& [name, rows] : store::remove_where(write_, table, where, bind)) {
            note(name, ErasureRule::erased, rows, why_erased);
            if (name == store::table_of<people::Session>->name) certificate_.sessions_ended += rows;
        }
    }

    /// What stays is counted while the rows still say whose it was.
    void keep_rows(const Table& table)
    {
        std::map<std::string_view, std::string> where_by_reason;
        for (const auto& column : table.columns) {
            if (!column.personal || column.personal->at_erasure != AtErasure::keep) continue;
            auto& where = where_by_reason[column.personal->why_kept];
            const auto term = fmt::format("{} = $1", column.personal->of.column);
            if (where.find(term) == std::string::npos) where += (where.empty() ? "" : " OR ") + term;
        }
        for (const auto& [reason, where] : where_by_reason)
            note(table.name, ErasureRule::kept, count_rows(write_, table, where, person_), reason);
    }

    void unlink_rows(const Table& table)
    {
        const auto unlinks = [](const Column* column) { return column->personal->at_erasure == AtErasure::unlink; };
        const auto where = where_rule(table, unlinks);
        if (where.empty()) return;
        note(table.name, ErasureRule::unlinked, count_rows(write_, table, where, person_), why_unlinked);
        for (const auto& subject : subject_columns(table)) {
            std::string sets;
            for (const Column* column : columns_of_subject(table, subject)) {
                if (!unlinks(column)) continue;
                sets += fmt::format("{}{} = NULL", sets.empty() ? "" : ", ", column->name);
                if (column->is_looked_up) sets += fmt::format(", {}_hash = NULL", column->name);
            }
            if (!sets.empty())
                store::execute(
                    write_, fmt::format("UPDATE {} SET {} WHERE {} = $1", table.name, sets, subject), person_
                );
        }
    }

    void note(std::string_view table, ErasureRule rule, std::int64_t rows, std::string_view why)
    {
        if (rows == 0) return;
        for (auto& known : certificate_.tables)
            if (known.table == table && known.rule == rule && known.why == why) {
                known.rows += rows;
                return;
            }
        certificate_.tables.push_back({std::string(table), rule, rows, std::string(why)});
    }

    store::Write& write_;
    PersonId person_;
    Certificate certificate_;
};

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

Certificate erase(store::Write& write, PersonId person) { return Erasure(write, person).run(); }

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

int finish_erasures(store::Database& database)
{
    const auto sql = is_known_sql();
    const auto unfinished = database.read([&](store::Read& read) {
        std::vector<PersonId> persons;
        for (const PersonId person : database.keys().tombstones())
            if (store::query_one<bool>(read, sql, person).value_or(false)) persons.push_back(person);
        return persons;
    });
    for (const PersonId person : unfinished) database.write([&](store::Write& write) { erase(write, person); });
    if (!unfinished.empty()) forget_traces(database);
    return static_cast<int>(unfinished.size());
}

bool forget_traces(store::Database& database)
{
    constexpr int most_tries = 3;
    const auto log = database.folder() / "dialpine.db-wal";
    for (int i = 0; i < most_tries; ++i) {
        database.checkpoint(); // waits some seconds for readers
        std::error_code absent;
        if (const auto bytes = std::filesystem::file_size(log, absent); absent || bytes == 0) return true;
    }
    log::say(log::Level::warn, "A reader keeps the write-ahead log", "it still holds pages from before an erasure");
    return false;
}

} // namespace dialpine::privacy
