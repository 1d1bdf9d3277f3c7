#include "egress/doors.hpp"

#include <random>

namespace dialpine::tests {
namespace {
using namespace egress;

/// What the test itself knows of a recipient; the gate is compared with this, and never asked.
struct Known {
    std::string name;
    SharingPurpose purpose{};
    std::set<std::string> fields;
    std::set<std::string> hosts;
    RecipientState state{};
    Instant until{};
};

/// Someone, and what they agreed to.
struct Somebody {
    PersonId id;
    bool is_restricted = false;
    bool has_agreed = false;
};

class Fuzzed : public support::Doors {
protected:
    explicit Fuzzed() : random_(seed_) { std::cout << "seed " << seed_ << "\n"; }

    std::size_t below(std::size_t limit) { return random_() % limit; }
    bool coin() { return below(2) == 0; }
    template <class List>
    const auto& any(const List& list)
    {
        return list[below(std::size(list))];
    }

    /// A random part of what the purpose has, never nothing.
    std::set<std::string> some_fields(SharingPurpose purpose)
    {
        std::set<std::string> some;
        for (const Field field : facts_of(purpose).fields)
            if (coin()) some.emplace(json::name_of(field));
        if (some.empty()) some.emplace(json::name_of(facts_of(purpose).fields.front()));
        return some;
    }

    Known registered(int number)
    {
        Known known{.name = fmt::format("Recipient {}", number), .purpose = any(purposes)};
        known.fields = some_fields(known.purpose);
        for (const auto& host : hosts)
            if (coin()) known.hosts.insert(host);
        known.hosts.insert(hosts.front());
        auto wish = wish_of(known.name, known.purpose, {known.fields.begin(), known.fields.end()});
        wish.hosts = std::vector<std::string>(known.hosts.begin(), known.hosts.end());
        wish.endpoint = fmt::format("https://{}/", *known.hosts.begin());
        wish.affiliate = coin();
        wish.agreement_until = std::chrono::floor<std::chrono::days>(clock_now()) + std::chrono::days{1 + below(40)};
        known.until = wish.agreement_until;
        added(wish);
        if (below(5) == 0) {
            known.state = RecipientState::waiting;
            return known;
        }
        database.write([&](store::Write& write) {
            privacy::announce_recipient(write, people::SignedIn{}, {known.name});
            if (below(6) == 0) {
                known.state = RecipientState::ended;
                privacy::end_recipient(write, people::SignedIn{}, {known.name});
            } else
                known.state = RecipientState::active;
        });
        return known;
    }

    template <Field F>
    auto some_value()
    {
        using Value = ValueOf<F>;
        if constexpr (std::is_same_v<Value, Word>)
            return coin() ? Word("one_word") : Word("another");
        else if constexpr (std::is_same_v<Value, Day>)
            return std::chrono::floor<std::chrono::days>(clock_now());
        else if constexpr (std::is_same_v<Value, Country>)
            return *Country::parse(coin() ? "DE" : "NL");
        else if constexpr (std::is_same_v<Value, Email>)
            return Email("mia@dialpine.example");
        else
            return static_cast<std::int64_t>(random_());
    }

    template <SharingPurpose P>
    Outgoing<P> some_document(std::set<std::string>& names)
    {
        Outgoing<P> out;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Field>>([&](auto each) {
            constexpr Field field = decltype(each)::value;
            if constexpr (is_declared_for(P, field) && !std::is_same_v<ValueOf<field>, NeverSent>)
                if (below(3) == 0) {
                    out.template with<field>(some_value<field>());
                    names.emplace(json::name_of(field));
                }
        });
        return out;
    }

    std::string some_url(const Known& known)
    {
        switch (below(6)) {
        case 0: return {};
        case 1: return fmt::format("https://{}@{}/x", *known.hosts.begin(), any(hosts));
        case 2: return fmt::format("https://{}.evil.example/x", *known.hosts.begin());
        default: return fmt::format("https://{}/{}", any(hosts), random_());
        }
    }

    /// Whether the register, as the test knows it, allows this.
    static bool is_allowed(
        const Known& known,
        SharingPurpose purpose,
        const std::set<std::string>& names,
        const std::string& url,
        const Somebody& of
    )
    {
        const bool is_bound = known.state == RecipientState::active && clock_now() < known.until;
        const bool is_fit = known.purpose == purpose && std::ranges::includes(known.fields, names);
        const auto at = url.find("//");
        const auto host =
            at == std::string::npos ? *known.hosts.begin() : url.substr(at + 2, url.find('/', at + 2) - at - 2);
        return is_bound && is_fit && known.hosts.contains(host) && !of.is_restricted &&
               (of.has_agreed || purpose == SharingPurpose::payment || purpose == SharingPurpose::fraud_screening);
    }

    template <SharingPurpose P>
    void try_once(const Known& known, const Somebody& somebody)
    {
        std::set<std::string> names;
        const auto document = some_document<P>(names);
        const auto url = some_url(known);
        const auto before = transport.letters.size();
        bool has_left = false;
        try {
            has_left = disclose({known.name, url}, somebody.id, document);
        } catch (const Problem& problem) {
            EXPECT_EQ(problem.status, 403);
        }
        EXPECT_EQ(has_left, is_allowed(known, P, names, url, somebody))
            << known.name << " " << json::name_of(P) << " " << url << " " << fmt::format("{}", fmt::join(names, ","));
        EXPECT_EQ(transport.letters.size(), before + (has_left ? 1 : 0));
        if (has_left) {
            ++left_;
            EXPECT_TRUE(known.hosts.contains(transport.letters.back().host));
        } else
            ++refused_;
    }

    void try_any(const Known& known, const Somebody& somebody)
    {
        // Mostly what it is for, so that something leaves, too.
        switch (coin() ? known.purpose : any(purposes)) {
        case SharingPurpose::analytics: return try_once<SharingPurpose::analytics>(known, somebody);
        case SharingPurpose::error_tracking: return try_once<SharingPurpose::error_tracking>(known, somebody);
        case SharingPurpose::own_mail: return try_once<SharingPurpose::own_mail>(known, somebody);
        case SharingPurpose::payment: return try_once<SharingPurpose::payment>(known, somebody);
        default: return try_once<SharingPurpose::fraud_screening>(known, somebody);
        }
    }

    const std::vector<std::string> hosts{
        "a.dialpine.example", "b.dialpine.example", "c.dialpine.example", "d.dialpine.example"};
    const std::vector<SharingPurpose> purposes{
        SharingPurpose::analytics,
        SharingPurpose::error_tracking,
        SharingPurpose::own_mail,
        SharingPurpose::payment,
        SharingPurpose::fraud_screening};
    int left_ = 0;
    int refused_ = 0;

private:
    std::uint64_t seed_ = std::random_device{}();
    std::mt19937_64 random_;
};

TEST_F(Fuzzed, OnlyWhatTheRegisterAllowsLeavesAndNothingThatATeamWrote)
{
    support::MovedClock clock;
    const auto pine = given.workspace("canary workspace");
    const auto web = given.project(pine.id);
    const auto task = given.task(web, "canary title", "canary description");
    given.comment(task, "canary comment", mia);
    given.checklist_item(task, "canary line");

    std::vector<Somebody> people{{mia, false, true}, {agreeing("Max Example", "max@dialpine.example"), true, true}};
    people.push_back({given.person("Ada Example", "ada@dialpine.example").id, false, false});
    database.write([&](store::Write& write) {
        people::restrict_person(write, people[1].id, people::RestrictedBy::the_person);
    });
    std::vector<Known> register_;
    for (int i = 0; i < 24; ++i) register_.push_back(registered(i));

    for (int i = 0; i < 3000; ++i) {
        if (i % 300 == 299) clock.advance(std::chrono::hours{24} * 3);
        try_any(any(register_), any(people));
    }
    EXPECT_GT(left_, 20) << "a gate that lets nothing out proves nothing";
    EXPECT_GT(refused_, 1000);
    EXPECT_EQ(rows("disclosures", "state = 'sent'"), left_);
    EXPECT_EQ(rows("disclosures"), left_) << "what was refused has no entry";
    const auto listed = database.read([](store::Read& read) { return privacy::list_subprocessors(read); });
    std::set<std::string> public_hosts;
    for (const auto& each : listed.items) public_hosts.insert(each.hosts.begin(), each.hosts.end());
    for (const auto& letter : transport.letters) {
        EXPECT_TRUE(public_hosts.contains(letter.host)) << letter.host << " is in no public register";
        EXPECT_EQ(letter.body.find("canary"), std::string::npos) << letter.body;
        EXPECT_EQ(letter.body.find("Example"), std::string::npos) << letter.body;
    }
}

} // namespace
} // namespace dialpine::tests
