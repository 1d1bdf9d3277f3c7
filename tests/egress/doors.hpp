#pragma once
#include "egress/sender.hpp"
#include "people/restriction.hpp"
#include "privacy/disclosure.hpp"
#include "support/house.hpp"

#include <functional>

/// A register of recipients, people who agreed, and a transport that keeps what would have left.
namespace dialpine::support {

/// Keeps what it is given; nothing leaves the test.
class KeptLetters : public egress::Transport {
public:
    struct Letter {
        std::string host;
        std::string body;
    };
    egress::Reply post(const egress::Departure& departure) override
    {
        if (before) before(departure);
        letters.push_back({egress::host_of(departure.url()).value_or(""), departure.body()});
        return {200, {}};
    }
    std::vector<Letter> letters;
    std::function<void(const egress::Departure&)> before;
};

class Doors : public House {
protected:
    /// An account whose holder agreed to everything that can be agreed to.
    PersonId agreeing(const std::string& name, const std::string& email)
    {
        const auto person = given.person(name, email).id;
        given.row(people::Account{
            .person_id = person, .password_hash = "none", .created_at = clock_now(), .changed_at = clock_now()});
        for (const auto& facts : privacy::all_purposes())
            set_consent(person, facts.purpose, people::ConsentState::given);
        return person;
    }

    void set_consent(PersonId person, privacy::Purpose purpose, people::ConsentState state)
    {
        database.write([&](store::Write& write) {
            privacy::record_consent(
                write,
                person,
                purpose,
                state,
                {.policy_version = "1", .policy_sha256 = "0", .method = "a test", .controller = "dialpine.example"}
            );
        });
    }

    static egress::NewRecipient
    wish_of(const std::string& name, egress::SharingPurpose purpose, std::vector<std::string> fields)
    {
        return {
            .name = name,
            .purpose = purpose,
            .fields = std::move(fields),
            .hosts = std::vector<std::string>{"in.dialpine.example"},
            .endpoint = "https://in.dialpine.example/documents",
            .region = "European Union",
            .country = "DE",
            .affiliate = false,
            .agreement = "DPA 7",
            .agreement_until = std::chrono::floor<std::chrono::days>(clock_now()) + std::chrono::days{90},
            .contact = "privacy@dialpine.example",
        };
    }

    egress::Recipient added(const egress::NewRecipient& wish)
    {
        return database.write([&](store::Write& write) { return egress::add_recipient(write, wish); });
    }

    /// Registered and announced.
    egress::Recipient open(const egress::NewRecipient& wish)
    {
        added(wish);
        database.write([&](store::Write& write) {
            privacy::announce_recipient(write, people::SignedIn{}, {std::string(wish.name)});
        });
        return *database.read([&](store::Read& read) { return egress::find_recipient(read, wish.name); });
    }

    /// As code of the product would send: asks, clears, and sends once that is durable. Throws what the gate throws;
    /// false when the person may not be disclosed.
    template <egress::SharingPurpose P>
    bool disclose(const egress::Destination& to, PersonId person, const egress::Outgoing<P>& what)
    {
        auto departure = database.write([&](store::Write& write) -> std::optional<egress::Departure> {
            const auto yes = privacy::may_disclose<P>(write, person);
            if (!yes) return std::nullopt;
            return egress::Gate::clear(write, to, what, *yes);
        });
        if (!departure) return false;
        egress::Outbound(database, transport).send(std::move(*departure));
        return true;
    }

    static egress::Outgoing<egress::SharingPurpose::analytics> figures()
    {
        egress::Outgoing<egress::SharingPurpose::analytics> out;
        out.with<egress::Field::feature>(egress::Word("board_opened"));
        return out;
    }

    KeptLetters transport;
    PersonId mia = agreeing("Mia Example", "mia@dialpine.example");
};

/// The detail of the Problem 403 that `work` throws; empty when it throws none.
template <class Work>
std::string refusal_of(Work work)
{
    try {
        work();
    } catch (const Problem& problem) {
        EXPECT_EQ(problem.status, 403) << problem.detail;
        return problem.detail;
    }
    return {};
}

} // namespace dialpine::support
