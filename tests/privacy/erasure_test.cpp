#include "fixture.hpp"
#include "oracle.hpp"
#include "privacy/catalogue.hpp"
#include "privacy/erasure.hpp"
#include "privacy/my_data.hpp"

namespace dialpine::privacy {
namespace {

class ErasureOf : public House {
protected:
    Certificate erased(PersonId person)
    {
        auto certificate = database.write([&](store::Write& write) { return erase(write, person); });
        EXPECT_TRUE(forget_traces(database));
        return certificate;
    }

    std::string everything_of(PersonId person)
    {
        return database.read([&](store::Read& read) {
            return json::to_json(my_data(read, person, every_value).categories);
        });
    }

    std::int64_t held_of(PersonId person)
    {
        return database.read([&](store::Read& read) { return my_data(read, person).total; });
    }

    static std::optional<ErasedTable> line(const Certificate& certificate, std::string_view table, ErasureRule rule)
    {
        for (const auto& each : certificate.tables)
            if (each.table == table && each.rule == rule) return each;
        return std::nullopt;
    }
};

TEST_F(ErasureOf, ANameLeavesTheTaskWithoutItsAuthor)
{
    const auto mia = person("Mia Example", "mia@dialpine.example");
    const auto paint = task(project(workspace("Acme"), "WEB"), "Order paint", mia);
    erased(mia);
    const auto left = found<work::Task>(paint.workspace_id, paint.id);
    ASSERT_TRUE(left);
    EXPECT_EQ(left->title, "Order paint");
    EXPECT_FALSE(left->created_by);
}

TEST_F(ErasureOf, NoByteOfWhatGoesStaysInTheDataFolder)
{
    Oracle mia("mia", clock_now());
    mia.fill(database);
    const auto& sessions = *store::table_of<people::Session>;
    const auto token = mia.digest(sessions, *sessions.find_column("token_hash"));
    ASSERT_FALSE(files_with(folder.path(), "mia accounts.password_hash").empty())
        << "the search must be able to find it";
    ASSERT_FALSE(files_with(folder.path(), crypto::view(token)).empty());
    erased(mia.person());
    for (const auto* table : store::all_tables())
        for (const auto& column : table->columns) {
            if (!column.personal || column.personal->at_erasure == AtErasure::keep) continue;
            const auto digest = mia.digest(*table, column);
            EXPECT_EQ(files_with(folder.path(), mia.text(*table, column)), std::vector<std::string>());
            EXPECT_EQ(files_with(folder.path(), crypto::view(digest)), std::vector<std::string>());
        }
    EXPECT_EQ(held_of(mia.person()), 0);
}

TEST_F(ErasureOf, NameAndAddressAreNowhereOnDisk)
{
    const auto mia = person("Mia Example", "mia@dialpine.example");
    account(mia);
    session(mia);
    erased(mia);
    EXPECT_EQ(files_with(folder.path(), "Mia Example"), std::vector<std::string>());
    EXPECT_EQ(files_with(folder.path(), "mia@dialpine.example"), std::vector<std::string>());
    EXPECT_EQ(std::filesystem::file_size(folder.path() / "dialpine.db-wal"), 0u);
}

TEST_F(ErasureOf, OnePersonLeavesOthersUntouched)
{
    Oracle mia("mia", clock_now());
    Oracle sten("sten", clock_now());
    mia.fill(database);
    sten.fill(database);
    const auto before = everything_of(sten.person());
    erased(mia.person());
    EXPECT_EQ(everything_of(sten.person()), before);
    EXPECT_TRUE(database.keys().find(sten.person()));
    EXPECT_FALSE(database.keys().find(mia.person()));
}

TEST_F(ErasureOf, ACertificateCountsRowsByTableAndRule)
{
    const auto mia = person("Mia Example", "mia@dialpine.example");
    const auto sten = person("Sten Example");
    account(mia);
    session(mia);
    session(mia);
    session(sten);
    const auto acme = workspace("Acme");
    member(acme, mia);
    const auto web = project(acme, "WEB");
    auto paint = task(web, "Order paint", mia);
    paint.changed_by = mia;
    database.write([&](store::Write& write) { store::update(write, paint); });
    auto brush = task(web, "Order brushes", sten);
    brush.changed_by = mia;
    database.write([&](store::Write& write) { store::update(write, brush); });
    assign(brush, mia);
    comment(paint, "Blue, please", mia);

    const auto certificate = erased(mia);
    EXPECT_EQ(certificate.person, mia);
    EXPECT_TRUE(certificate.sealed_key_destroyed);
    EXPECT_EQ(certificate.sessions_ended, 2);
    EXPECT_EQ(line(certificate, "people", ErasureRule::erased)->rows, 1);
    EXPECT_EQ(line(certificate, "accounts", ErasureRule::erased)->rows, 1);
    EXPECT_EQ(line(certificate, "sessions", ErasureRule::erased)->rows, 2);
    EXPECT_EQ(line(certificate, "memberships", ErasureRule::erased)->rows, 1);
    EXPECT_EQ(line(certificate, "task_assignees", ErasureRule::erased)->rows, 1);
    EXPECT_EQ(line(certificate, "tasks", ErasureRule::unlinked)->rows, 2);
    EXPECT_EQ(line(certificate, "tasks", ErasureRule::kept)->rows, 1);
    EXPECT_EQ(line(certificate, "tasks", ErasureRule::kept)->why, "it is the team's work; your name is taken off it");
    EXPECT_EQ(line(certificate, "comments", ErasureRule::unlinked)->rows, 1);
    EXPECT_FALSE(line(certificate, "consents", ErasureRule::erased)) << "nothing there, nothing said";
    EXPECT_EQ(rows("sessions"), 1);
    EXPECT_EQ(rows("tasks"), 2);
    EXPECT_EQ(json::to_json(certificate).find("Mia"), std::string::npos);
}

TEST_F(ErasureOf, AMemberIsToldToEachWorkspaceThatKnewThem)
{
    const auto mia = person("Mia Example");
    const auto joined = workspace("Joined");
    const auto authored = workspace("Authored");
    const auto foreign = workspace("Foreign");
    member(joined, mia);
    task(project(authored, "WEB"), "Order paint", mia);
    erased(mia);
    const auto told = [&](WorkspaceId workspace) {
        return database.read([&](store::Read& read) {
            return store::select<store::Change>(read, "WHERE workspace_id = $1 ORDER BY number", workspace);
        });
    };
    for (const auto workspace : {joined, authored}) {
        const auto changes = told(workspace);
        ASSERT_EQ(changes.size(), 1u);
        EXPECT_EQ(changes[0].kind, store::ChangeKind::person_changed);
        EXPECT_EQ(changes[0].object_id, mia);
        EXPECT_FALSE(changes[0].actor_id);
    }
    EXPECT_TRUE(told(foreign).empty());
}

TEST_F(ErasureOf, AnInterruptedOneIsFinishedAtTheNextStart)
{
    Oracle mia("mia", clock_now());
    mia.fill(database);
    database.keys().destroy(mia.person()); // and the machine stops before the commit
    EXPECT_GT(held_of(mia.person()), 0);
    EXPECT_EQ(finish_erasures(database), 1);
    EXPECT_EQ(held_of(mia.person()), 0);
    EXPECT_EQ(rows("people"), 0);
    EXPECT_EQ(finish_erasures(database), 0);
}

TEST_F(ErasureOf, ATransactionThatFailsAfterwardsIsFinishedToo)
{
    const auto mia = person("Mia Example");
    const auto fails = [&](store::Write& write) {
        erase(write, mia);
        throw std::runtime_error("after the erasure");
    };
    EXPECT_THROW(database.write(fails), std::runtime_error);
    EXPECT_EQ(rows("people"), 1);
    EXPECT_EQ(finish_erasures(database), 1);
    EXPECT_EQ(rows("people"), 0);
}

TEST_F(ErasureOf, AnOlderBackupPutBackForgetsAgain)
{
    Oracle mia("mia", clock_now());
    mia.fill(database);
    const Folder backup;
    database.back_up_to(backup.path());
    erased(mia.person());

    const Folder restored;
    std::filesystem::copy(backup.path() / "database" / "dialpine.db", restored.path() / "dialpine.db");
    std::filesystem::copy(folder.path() / "keys", restored.path() / "keys");
    store::Database old(store::Settings{.folder = restored.path(), .is_durable = false});
    EXPECT_EQ(finish_erasures(old), 1);
    EXPECT_EQ(old.read([&](store::Read& read) { return my_data(read, mia.person()).total; }), 0);
    EXPECT_EQ(files_with(restored.path(), "mia accounts.password_hash"), std::vector<std::string>());
}

/// One who left more behind than a step takes.
class ErasureOfMany : public ErasureOf {
protected:
    ErasureOfMany()
    {
        account(mia);
        member(acme, mia);
        paint = task(project(acme, "WEB"), "Order paint", mia);
        database.write([&](store::Write& write) {
            for (std::int64_t i = 0; i < many; ++i)
                store::insert(
                    write,
                    work::Comment{
                        .workspace_id = acme,
                        .id = CommentId::make(),
                        .task_id = paint.id,
                        .author_id = mia,
                        .body = "Blue",
                    }
                );
        });
    }
    static constexpr std::int64_t many = 2 * rows_in_a_step + 10;

    store::Job new_job()
    {
        store::Job job{.id = JobId::make(), .kind = store::JobKind::erasure};
        job.created_at = job.changed_at = clock_now();
        return job;
    }
    bool step(ErasureSteps& steps, std::optional<store::Job>& job)
    {
        return database.write([&](store::Write& write) { return erase_step(write, steps, job); });
    }

    PersonId mia = person("Mia Example", "mia@dialpine.example");
    WorkspaceId acme = workspace("Acme");
    work::Task paint;
};

TEST_F(ErasureOfMany, ATraceTakesSeveralStepsAndTheNameGoesWithTheFirst)
{
    ErasureSteps steps(mia);
    std::optional job(new_job());
    EXPECT_FALSE(step(steps, job));
    EXPECT_FALSE(database.keys().find(mia));
    EXPECT_EQ(rows("people"), 0);
    EXPECT_EQ(rows("accounts"), 0);
    EXPECT_GT(rows("comments", "author_id IS NOT NULL"), many - rows_in_a_step);
    int count = 1;
    for (bool is_done = false; !is_done; ++count) {
        is_done = step(steps, job);
        EXPECT_LE(count, 4);
    }
    EXPECT_GE(count, 3);
    EXPECT_EQ(held_of(mia), 0);
    EXPECT_EQ(rows("comments"), many) << "they are the team's";
    EXPECT_EQ(line(steps.certificate(), "comments", ErasureRule::unlinked)->rows, many);
    EXPECT_EQ(line(steps.certificate(), "tasks", ErasureRule::kept)->rows, 1);
    EXPECT_EQ(job->state, store::JobState::done);
    EXPECT_TRUE(job->scope.is_nil()) << "and the job names nobody";
}

TEST_F(ErasureOfMany, AnErasureCutOffBetweenStepsIsFinishedWithItsCertificate)
{
    ErasureSteps steps(mia);
    std::optional job(new_job());
    ASSERT_FALSE(step(steps, job)); // and the machine stops
    EXPECT_EQ(finish_erasures(database), 1);
    EXPECT_EQ(held_of(mia), 0);
    const auto done = found<store::Job>(job->id);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->state, store::JobState::done);
    const auto certificate = json::from_json<Certificate>(*done->report);
    EXPECT_EQ(line(certificate, "comments", ErasureRule::unlinked)->rows, many);
    EXPECT_EQ(line(certificate, "accounts", ErasureRule::erased)->rows, 1);
    EXPECT_TRUE(certificate.log) << "and it is in the transparency log";
}

TEST_F(ErasureOf, SomebodyUnknownChangesNothing)
{
    const auto sten = person("Sten Example");
    const auto certificate = erased(PersonId::make());
    EXPECT_TRUE(certificate.tables.empty());
    EXPECT_TRUE(found<people::Person>(sten));
}

} // namespace
} // namespace dialpine::privacy
