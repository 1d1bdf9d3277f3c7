#pragma once
#include "insight/country_file.hpp"
#include "insight/switches.hpp"
#include "privacy/consent.hpp"
#include "support/server.hpp"

namespace dialpine::insight {

/// A country database in which the machine that tests run on is in the Netherlands.
class LoopbackIsDutch {
protected:
    LoopbackIsDutch()
    {
        write_country_file(folder_ / "country.mmdb", {{0x7F000000, 8, "NL"}, {0xC0000200, 24, "DE"}});
        support::country_database() = folder_ / "country.mmdb";
    }
    ~LoopbackIsDutch() { support::country_database().clear(); }

private:
    support::Folder folder_;
};

/// A served workspace in which people turn switches.
class Noticed : protected LoopbackIsDutch, public support::Furnished {
protected:
    void say(const support::Somebody& who, Purpose purpose, people::ConsentState state)
    {
        database().write([&](store::Write& write) {
            privacy::record_consent(
                write,
                who.id,
                purpose,
                state,
                {.policy_version = "2026-11-25", .policy_sha256 = "0", .method = "test", .controller = "test"}
            );
        });
    }
    void agrees(const support::Somebody& who, Purpose purpose) { say(who, purpose, people::ConsentState::given); }
    void withdraws(const support::Somebody& who, Purpose purpose)
    {
        say(who, purpose, people::ConsentState::withdrawn);
    }
    void objects(const support::Somebody& who, std::string_view use, bool objected = true)
    {
        auto browser = this->browser(who.client.token());
        const auto path = "/me/objections/" + std::string(use);
        EXPECT_EQ(browser.send(support::put(path, {{"objected", objected}})).status, 200);
    }
    /// What was noticed so far is stored.
    void settle() { running.house.insight.settle(); }
    std::int64_t rows(std::string_view table, std::string_view where = "1 = 1")
    {
        return database().read([&](store::Read& read) {
            return *store::query_one<std::int64_t>(read, fmt::format("SELECT count(*) FROM {} WHERE {}", table, where));
        });
    }
    support::Answer activity(support::Somebody& who)
    {
        settle();
        return who.client.get("/me/activity");
    }
    /// A comment of this person's on the task.
    void comments(support::Somebody& who, const support::Answer& task, const std::string& body = "Blue, please")
    {
        EXPECT_EQ(who.client.post(task_path(task) + "/comments", {{"body", body}}).status, 201);
    }
};

} // namespace dialpine::insight
