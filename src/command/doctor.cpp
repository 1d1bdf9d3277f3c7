#include "base/json.hpp"
#include "base/text.hpp"
#include "command/commands.hpp"
#include "privacy/catalogue.hpp"
#include "store/blobs.hpp"
#include "store/keys.hpp"
#include "store/migrations.hpp"
#include "store/rows.hpp"
#include "store/schema.hpp"
#include "store/statement.hpp"
#include "store/write_ahead_log.hpp"
#include "work/attachments.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

namespace dialpine::command {
namespace fs = std::filesystem;

namespace {
constexpr std::uintmax_t least_free_bytes = std::uintmax_t{512} * 1024 * 1024;

/// One thing that was looked at, and what to do if it is not well.
struct Finding {
    std::string what;
    bool is_well = false;
    std::string detail;
    std::string mend;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (what, is_well, detail, mend))

constexpr std::string_view restore_all = "Stop the server and restore the newest backup: dialpine restore DIR.";

/// Runs one look; a look that fails is a finding too.
template <class Look>
Finding look_at(std::string what, Look look)
{
    Finding finding{.what = std::move(what), .is_well = true, .detail = {}, .mend = {}};
    try {
        look(finding);
    } catch (const std::exception& failure) {
        finding.is_well = false;
        finding.detail = failure.what();
    }
    return finding;
}

void bad(Finding& finding, std::string detail, std::string mend)
{
    finding.is_well = false;
    finding.detail = std::move(detail);
    finding.mend = std::move(mend);
}

void look_at_folder(const fs::path& data, Finding& finding)
{
    struct stat about{};
    if (::stat(data.c_str(), &about) != 0)
        return bad(finding, "it does not exist", "Start the server once, or give the right --data.");
    if (::access(data.c_str(), W_OK) != 0) return bad(finding, "it cannot be written", "Give it to the server's user.");
    if ((about.st_mode & 077) != 0) return bad(finding, "others can read it", "chmod 700 " + data.string());
    finding.detail = data.string();
}

/// With `Mode::write` what a process that was cut off left half done in a journal is taken back first, as by everybody who
/// opens the file; who only reads may not do that, and is refused.
store::Connection opened(const fs::path& file, store::Connection::Mode mode = store::Connection::Mode::read)
{
    if (!fs::exists(file)) throw store::Failure(file.filename().string() + " is missing.");
    return {file.string(), mode};
}

/// The first thing that is wrong with a file of SQLite, with the file's name; empty when all is well. The whole check: a
/// quick one does not hold indexes against their tables.
std::string wrong_in(store::Connection& connection, const fs::path& file)
{
    const auto check = connection.text("PRAGMA integrity_check(1)");
    return check == "ok" ? std::string() : fmt::format("{}: {}", file.filename().string(), check);
}

void look_at_database(const fs::path& file, Finding& finding)
{
    auto connection = opened(file);
    const auto version = connection.integer("PRAGMA user_version");
    if (version > store::schema_version())
        return bad(finding, fmt::format("it is of version {}", version), "Start the newer program that wrote it.");
    if (const auto wrong = wrong_in(connection, file); !wrong.empty()) return bad(finding, wrong, std::string(restore_all));
    for (const auto* table : store::all_tables())
        (void)connection.integer(fmt::format("SELECT count(*) FROM {}", table->name));
    finding.detail = fmt::format("version {}, {} people", version, connection.integer("SELECT count(*) FROM people"));
}

void look_at_keys(const fs::path& folder, const fs::path& database, Finding& finding)
{
    const auto master = folder / "master.key";
    struct stat about{};
    const bool is_in_environment = std::getenv("DIALPINE_MASTER_KEY") != nullptr;
    if (!is_in_environment && ::stat(master.c_str(), &about) != 0)
        return bad(
            finding, "there is no master key", "Put master.key back from its backup, or set DIALPINE_MASTER_KEY."
        );
    if (!is_in_environment && (about.st_mode & 077) != 0)
        return bad(finding, "others can read the master key", "chmod 600 " + master.string());
    for (const auto* name : {"keys.db", "replay.db"}) {
        if (!fs::exists(folder / name)) continue; // an older program made none
        auto connection = opened(folder / name, store::Connection::Mode::write);
        if (const auto wrong = wrong_in(connection, folder / name); !wrong.empty())
            return bad(finding, wrong, "Stop the server and restore the keys from their newest backup.");
    }
    auto keys = opened(folder / "keys.db", store::Connection::Mode::write);
    auto people = opened(database);
    std::int64_t missing = 0;
    auto& persons = people.prepare("SELECT id FROM people");
    const store::Using using_persons(persons);
    auto& key = keys.prepare("SELECT 1 FROM person_keys WHERE person_id = $1");
    while (persons.step()) {
        const store::Using using_key(key);
        key.bind_blob(1, persons.blob(0));
        if (!key.step()) ++missing;
    }
    if (missing > 0)
        return bad(
            finding,
            fmt::format("{} people have no key", missing),
            "Start the server: it finishes erasures that were cut off. Otherwise restore the keys that belong to this "
            "database."
        );
    finding.detail = fmt::format("{} keys", keys.integer("SELECT count(*) FROM person_keys"));
}

bool is_whole(const privacy::AnyRow& row, const store::Column& column)
{
    try {
        const auto text = row.text(column);
        return is_utf8(text) && text.find('\0') == std::string::npos;
    } catch (const store::Failure&) {
        return false;
    }
}

/// Reads every value of every row, and opens those that are sealed.
void look_at_values(const fs::path& data, Finding& finding)
{
    auto database = opened(data / "dialpine.db");
    const auto keys = store::Keys::look(data / "keys");
    store::Blobs blobs(data / "blobs", false);
    const store::Read read(database, *keys, blobs);
    std::int64_t rows = 0;
    std::int64_t damaged = 0;
    std::string first;
    for (const auto* table : store::all_tables()) {
        if (database.integer(fmt::format("SELECT count(*) FROM sqlite_schema WHERE name = '{}'", table->name)) == 0)
            continue; // as an older program left it
        privacy::walk(read, *table, "", [](store::Statement&) {}, [&](const privacy::AnyRow& row) {
            ++rows;
            for (const auto& column : table->columns) {
                if (is_whole(row, column)) continue;
                ++damaged;
                if (first.empty()) first = fmt::format("{}.{}", table->name, column.name);
            }
        });
    }
    if (damaged > 0)
        return bad(
            finding,
            fmt::format("dialpine.db: {} values cannot be read any more, the first of them in {}", damaged, first),
            std::string(restore_all)
        );
    finding.detail = fmt::format("{} rows read", rows);
}

/// It can always be made again, so nothing is lost with it.
void look_at_search(const fs::path& file, Finding& finding)
{
    if (!fs::exists(file)) {
        finding.detail = "none yet";
        return;
    }
    std::string wrong;
    try {
        auto connection = opened(file, store::Connection::Mode::write);
        wrong = wrong_in(connection, file);
        if (wrong.empty()) connection.execute("INSERT INTO docs(docs) VALUES ('integrity-check')"); // changes nothing
    } catch (const store::Failure& failure) {
        wrong = failure.what();
    }
    if (!wrong.empty())
        return bad(finding, wrong, "Stop the server and remove search.db: the next start makes it again.");
    finding.detail = "whole";
}

/// Opens every piece of every file.
void look_at_files(const fs::path& data, Finding& finding)
{
    auto database = opened(data / "dialpine.db");
    if (database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'attachments'") == 0) {
        finding.detail = "none yet";
        return;
    }
    const auto keys = store::Keys::look(data / "keys");
    store::Blobs blobs(data / "blobs", false);
    const store::Read read(database, *keys, blobs);
    std::unordered_set<Uuid> known;
    std::vector<std::string> damaged;
    const auto rows = store::select<work::Attachment>(read, "ORDER BY workspace_id, id");
    for (const auto& row : rows) {
        known.insert(row.id);
        try {
            auto file = work::open_attachment(read, row);
            while (!file.next().empty()) {
            }
        } catch (const store::Failure& failure) {
            if (damaged.size() < 5) damaged.emplace_back(failure.what());
        }
    }
    const auto stray = std::ranges::count_if(blobs.all(), [&](const Uuid& id) { return !known.contains(id); });
    if (!damaged.empty())
        return bad(
            finding,
            fmt::format("{}", fmt::join(damaged, "; ")),
            "Copy those files of blobs/ from a backup made before, or remove the attachments on their tasks."
        );
    if (stray > 0)
        return bad(finding, fmt::format("{} belong to nothing", stray), "Start the server once: it removes them.");
    finding.detail = fmt::format("{} whole", rows.size());
}

/// A few bytes, flushed, in a file of its own: tells a disk that is read-only, over quota or broken.
void try_disk(const fs::path& data)
{
    const auto file = data / ("doctor-" + to_text(new_uuid()));
    try {
        if (!(std::ofstream(file) << "dialpine doctor")) throw store::device_failure("A file cannot be written", errno);
        store::make_durable(file);
    } catch (...) {
        std::error_code ignored;
        fs::remove(file, ignored);
        throw;
    }
    fs::remove(file);
}

void look_at_disk(const fs::path& data, Finding& finding)
{
    try {
        try_disk(data);
    } catch (const store::Failure& failure) {
        return bad(finding, failure.what(), std::string(store::why(failure)));
    }
    const auto free = fs::space(data).available;
    finding.detail = fmt::format("{} MB free", free / 1024 / 1024);
    if (free < least_free_bytes) bad(finding, finding.detail, "Make room: below 512 MB writes may fail soon.");
}

void look_at_clock(const fs::path& database, Finding& finding)
{
    const Instant now = clock_now();
    finding.detail = to_text(now);
    if (year_of(now) < 2026) return bad(finding, finding.detail, "Set the machine's clock; is a time service running?");
    auto connection = opened(database);
    const Instant last{std::chrono::milliseconds{connection.integer("SELECT coalesce(max(at), 0) FROM changes")}};
    if (last > now + std::chrono::minutes{5})
        bad(finding, "the database holds changes of " + to_text(last), "Set the machine's clock: it runs behind.");
}
} // namespace

Exit doctor(const fs::path& data, bool json, Output& output)
{
    const auto database = data / "dialpine.db";
    std::vector<Finding> findings;
    findings.push_back(look_at("data folder", [&](Finding& found) { look_at_folder(data, found); }));
    if (fs::exists(database)) {
        findings.push_back(look_at("database", [&](Finding& found) { look_at_database(database, found); }));
        findings.push_back(look_at("keys", [&](Finding& found) { look_at_keys(data / "keys", database, found); }));
        findings.push_back(look_at("values", [&](Finding& found) { look_at_values(data, found); }));
        findings.push_back(look_at("search", [&](Finding& found) { look_at_search(data / "search.db", found); }));
        findings.push_back(look_at("files", [&](Finding& found) { look_at_files(data, found); }));
        findings.push_back(look_at("disk", [&](Finding& found) { look_at_disk(data, found); }));
        findings.push_back(look_at("clock", [&](Finding& found) { look_at_clock(database, found); }));
    } else if (findings.front().is_well)
        findings.push_back({"database", true, "none yet; the server makes it at its first start", ""});

    bool is_all_well = true;
    for (const auto& finding : findings) {
        is_all_well = is_all_well && finding.is_well;
        if (json) continue;
        output.result(fmt::format("{}  {}: {}", finding.is_well ? "well" : "BAD ", finding.what, finding.detail));
        if (!finding.mend.empty()) output.result("      " + finding.mend);
    }
    if (json) output.result(json::to_json(findings));
    return is_all_well ? Exit::done : Exit::failed;
}

} // namespace dialpine::command
