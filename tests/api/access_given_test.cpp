#include "api/access_rows.hpp"
#include "insight/pseudonyms.hpp"
#include "people/closing.hpp"
#include "people/second_factor.hpp"
#include "privacy/consent.hpp"
#include "privacy/documents.hpp"
#include "privacy/hold.hpp"

#include <gtest/gtest.h>

namespace dialpine::api {
namespace {
using support::Answer;
using support::Json;
using support::Somebody;

/// What everybody who may is answered, each in a workspace, with a project, a task… that nobody touched before.
class AccessGiven : public support::Served, public ::testing::WithParamInterface<Asker> {
protected:
    /// One question: who asks it, where, and the things that it names, made when they are named.
    class Scene {
    public:
        Scene(AccessGiven& test, const AccessRow& row, const Route& route) : test_(test), row_(row), route_(route)
        {
            if (GetParam() >= Asker::guest) {
                const auto role = static_cast<int>(GetParam()) - static_cast<int>(Asker::guest);
                test_.join(who_, workspace_, static_cast<people::Role>(role));
            } else
                test_.workspace_of(who_, "Elsewhere");
            if (GetParam() == Asker::operator_) make_operator(test_.database(), who_.id);
            if (GetParam() == Asker::signed_out) end_session();
            if (GetParam() == Asker::erased) erase();
            if (GetParam() > Asker::erased) test_.confirm(who_);
        }

        Answer ask()
        {
            const auto value = [this](std::string_view name) { return thing(name); };
            const auto path = with_things(std::string(route_.path), value);
            prepare();
            support::Sent sent{
                std::string(verb_of(route_)),
                "/api/v1" + path + with_things(row_.query, value),
                with_things(row_.body, value),
                {}};
            auto stranger = test_.browser();
            return (GetParam() == Asker::stranger ? stranger : who_.client).send(sent);
        }

    private:
        void end_session()
        {
            auto same = test_.browser(who_.client.token());
            EXPECT_EQ(same.del("/sessions/current").status, 204);
        }
        void erase()
        {
            test_.confirm(who_);
            auto same = test_.browser(who_.client.token());
            EXPECT_EQ(same.del("/me", Json(boost::json::object())).status, 202);
        }
        std::string made(const std::string& path, const Json& wish = Json(boost::json::object()))
        {
            return created(test_.olga.client, path, wish).text("/id");
        }
        static Answer created(support::Client& client, const std::string& path, const Json& wish)
        {
            auto answer = client.post(path, wish);
            EXPECT_LT(answer.status, 300) << path << " " << answer.body;
            return answer;
        }
        std::string at(std::string_view places)
        {
            return with_things(places, [this](auto name) { return thing(name); });
        }

        /// The same each time it is named.
        const std::string& thing(std::string_view name)
        {
            const auto known = things_.find(name);
            if (known != things_.end()) return known->second;
            const auto maker = makers().find(name);
            if (maker == makers().end()) throw std::invalid_argument(fmt::format("nobody makes {}", name));
            auto value = (this->*maker->second)();
            return things_.emplace(name, std::move(value)).first->second;
        }

        using Maker = std::string (Scene::*)();
        static const std::map<std::string_view, Maker>& makers()
        {
            static const std::map<std::string_view, Maker> all{
                {"workspace", &Scene::workspace},
                {"project", &Scene::project},
                {"task", &Scene::task},
                {"item", &Scene::item},
                {"link", &Scene::link},
                {"status", &Scene::status},
                {"label", &Scene::label},
                {"team", &Scene::team},
                {"comment", &Scene::comment},
                {"attachment", &Scene::attachment},
                {"invitation", &Scene::invitation},
                {"token", &Scene::token},
                {"person", &Scene::person},
                {"export", &Scene::export_},
                {"import", &Scene::import},
                {"hold", &Scene::hold},
                {"objection", &Scene::objection},
                {"recipient", &Scene::recipient},
                {"erasure", &Scene::erasure},
                {"record", &Scene::record},
                {"receipt", &Scene::receipt},
                {"code", &Scene::code},
                {"mailed_token", &Scene::mailed_token},
                {"pseudonym", &Scene::pseudonym},
                {"password", &Scene::password},
                {"unused_email", &Scene::unused_email},
                {"unused_name", &Scene::unused_name},
                {"their_email", &Scene::their_email},
                {"policy", &Scene::policy},
                {"version", &Scene::version},
                {"document", &Scene::document},
                {"next_month", &Scene::next_month},
                {"session", &Scene::session},
                {"activity", &Scene::activity},
                {"purpose", &Scene::purpose},
                {"use", &Scene::use},
                {"hit", &Scene::hit},
            };
            return all;
        }

        std::string workspace() { return workspace_.substr(12); }
        std::string project() { return made(workspace_ + "/projects", {{"name", "Website"}}); }
        std::string task()
        {
            return made(
                at("/workspaces/{workspace}/projects/{project}/tasks"),
                {{"title", "Paint"},
                 {"checklist", {{{"text", "red"}}}},
                 {"links", {{{"url", "https://dialpine.example/"}}}}}
            );
        }
        Answer read_task() { return test_.olga.client.get(at("/workspaces/{workspace}/tasks/{task}")); }
        std::string item() { return read_task().text("/checklist/0/id"); }
        std::string link() { return read_task().text("/links/0/id"); }
        std::string status()
        {
            return made(
                at("/workspaces/{workspace}/projects/{project}/statuses"),
                {{"name", "Drying"}, {"color", "sky"}, {"group", "started"}}
            );
        }
        std::string label()
        {
            return made(at("/workspaces/{workspace}/projects/{project}/labels"), {{"name", "Red"}, {"color", "red"}});
        }
        std::string team() { return made(workspace_ + "/teams", {{"name", "Painters"}}); }
        /// By whoever asks: one's own words are what guests may change.
        std::string comment()
        {
            const auto path = at("/workspaces/{workspace}/tasks/{task}/comments");
            return created(who_.client, path, {{"body", "By me"}}).text("/id");
        }
        std::string attachment()
        {
            const auto path = at("/api/v1/workspaces/{workspace}/tasks/{task}/attachments?name=Colours.txt");
            const bool is_to_change = verb_of(route_) != "GET"; // one's own, too
            return (is_to_change ? who_.client : test_.olga.client).send({"POST", path, "red", {}}).text("/id");
        }
        Answer invite() { return created(test_.olga.client, workspace_ + "/invitations", {{"role", "member"}}); }
        std::string invitation() { return invite().text("/id"); }
        std::string token()
        {
            const auto shown = invite().text("/link");
            return shown.substr(shown.find('#') + 1);
        }
        std::string person()
        {
            auto other = test_.fresh("Other Example");
            test_.join(other, workspace_, people::Role::member);
            EXPECT_EQ(other.client.post("/me/written-about/" + workspace()).status, 201);
            return to_text(other.id);
        }
        bool is_of_me() const { return route_.path.starts_with("/me/"); }
        std::string export_()
        {
            return created(who_.client, is_of_me() ? "/me/exports" : workspace_ + "/exports", boost::json::object())
                .text("/id");
        }
        std::string import()
        {
            const auto path = is_of_me()                                        ? "/me/imports"
                              : route_.path.starts_with("/workspaces/imports/") ? "/workspaces/imports"
                                                                                : workspace_ + "/imports?source=trello";
            const auto answer = who_.client.send({"POST", "/api/v1" + path, "[]", {}});
            EXPECT_EQ(answer.status, 202) << answer.body;
            return answer.text("/id");
        }
        std::string held(const std::string& whom)
        {
            const boost::json::object wish{{"person", whom}, {"reason", "Case 7"}, {"until", next_month()}};
            return created(test_.mia.client, "/operator/holds", wish).text("/id");
        }
        std::string hold() { return held(person()); }
        std::string objection()
        {
            auto other = test_.fresh("Other Example");
            const boost::json::object wish{{"document", document()}, {"version", version()}};
            return created(other.client, "/me/change-objections", wish).text("/id");
        }
        std::string recipient()
        {
            const boost::json::object wish{
                {"name", unused_name()},
                {"purpose", "analytics"},
                {"fields", {"feature"}},
                {"hosts", {"localhost"}},
                {"endpoint", "https://localhost:9/"},
                {"region", "European Union"},
                {"country", "DE"},
                {"agreement", "DPA 7"},
                {"agreement_until", "2099-01-01"},
                {"contact", "privacy@dialpine.example"},
            };
            return created(test_.mia.client, "/operator/recipients", wish).text("/id");
        }
        std::string erasure()
        {
            auto other = test_.fresh("Erna Example");
            test_.confirm(other);
            return other.client.del("/me", Json(boost::json::object())).text("/id");
        }
        static std::string newest_record(support::Client& client)
        {
            const auto answer = client.send(support::put("/me/consents/usage_statistics", {{"state", "given"}}));
            EXPECT_EQ(answer.status, 200) << answer.body;
            return answer.text("/history/0/record_id");
        }
        std::string record() { return newest_record(who_.client); }
        std::string receipt()
        {
            auto other = test_.fresh("Other Example");
            return other.client.get("/me/consents/" + newest_record(other.client) + "/receipt").body;
        }
        std::string code()
        {
            const auto begun = created(who_.client, "/me/second-factor", boost::json::object());
            return people::code_at(begun.text("/secret"), clock_now());
        }
        std::string mailed_token()
        {
            const auto changed = who_.client.patch("/me", {{"email", unused_email()}});
            EXPECT_EQ(changed.status, 200) << changed.body;
            const auto mail = test_.mia.client.get("/operator/outbox").text("/items/0/body");
            const auto start = mail.find("/confirm-email#");
            return mail.substr(start + 15, mail.find('\n', start) - start - 15);
        }
        std::string pseudonym()
        {
            auto other = test_.fresh("Other Example");
            newest_record(other.client);
            const auto agreed = other.client.send(support::put("/me/consents/log_linking", {{"state", "given"}}));
            EXPECT_EQ(agreed.status, 200) << agreed.body;
            const auto random = to_text(new_uuid());
            test_.database().write([&](store::Write& write) {
                store::insert(write, insight::LogPseudonym{random, other.id, clock_now()});
            });
            return random;
        }
        std::string hit()
        {
            task();
            const auto path = workspace_ + "/subject-searches";
            return created(who_.client, path, {{"words", {"Paint"}}}).text("/items/0/id");
        }
        std::string password() { return std::string(support::password); }
        std::string unused_email() { return to_text(new_uuid()) + "@dialpine.example"; }
        std::string unused_name() { return "N" + to_text(new_uuid()).substr(24); }
        std::string their_email() { return test_.fresh("Other Example").email; }
        std::string policy() { return test_.running.house.policy().version; }
        std::string version() { return privacy::versions_of("privacy").back()->version; }
        std::string document() { return "privacy"; }
        std::string next_month()
        {
            return to_text(std::chrono::floor<std::chrono::days>(clock_now()) + std::chrono::days{30});
        }
        std::string session() { return "current"; }
        std::string activity() { return "searches"; }
        std::string purpose() { return "usage_statistics"; }
        std::string use() { return "measure_use"; }

        /// What must have happened before.
        void prepare()
        {
            const std::string_view name = route_.name;
            auto& owner = test_.olga.client;
            if (name == "restore_task") owner.del(at("/workspaces/{workspace}/tasks/{task}"));
            if (name == "restore_attachment") owner.del(at("/workspaces/{workspace}/attachments/{attachment}"));
            if (name == "restore_comment")
                who_.client.del(at("/workspaces/{workspace}/tasks/{task}/comments/{comment}"));
            if (name == "try_recipient")
                created(test_.mia.client, at("/operator/recipients/{recipient}/announcement"), boost::json::object());
            if (name == "remove_second_factor" || name == "renew_recovery_codes")
                created(who_.client, "/me/second-factor/confirmation", {{"code", code()}});
            if (name == "take_back_erasure") {
                held(to_text(who_.id));
                EXPECT_EQ(who_.client.del("/me", Json(boost::json::object())).status, 202);
            }
            if (name == "keep_workspace")
                test_.database().write([&](store::Write& write) {
                    people::plan_closing(
                        write, WorkspaceId(*parse_uuid(workspace())), clock_now() + std::chrono::days{9}
                    );
                });
        }

        AccessGiven& test_;
        const AccessRow& row_;
        const Route& route_;
        std::string workspace_ = test_.workspace_of(test_.olga, "Oak");
        Somebody who_ = test_.fresh("Asking Example");
        std::map<std::string, std::string, std::less<>> things_;
    };

    Somebody fresh(const std::string& name) { return somebody(name, to_text(new_uuid()) + "@dialpine.example"); }
    /// As if they had given their password just now.
    void confirm(const Somebody& who)
    {
        running.house.confirmations.note(running.house.sessions.find(database(), who.client.token())->session);
    }

    Somebody olga = somebody("Olga Example", "olga@dialpine.example"); ///< owns the workspaces
};

TEST_P(AccessGiven, IsAnsweredAsTheTableSays)
{
    for (const auto& route : all_routes()) {
        const auto row = access_rows().find(route.name);
        if (row == access_rows().end() || refusal(row->second, GetParam())) continue;
        const std::string who(json::name_of(GetParam()));
        SCOPED_TRACE(fmt::format("{} asks {} {}", who, verb_of(route), route.path));
        const auto other = row->second.to_other.find(who);
        const auto answer = Scene(*this, row->second, route).ask();
        EXPECT_EQ(answer.status, other == row->second.to_other.end() ? row->second.answer : other->second)
            << answer.body.substr(0, 400);
    }
}

INSTANTIATE_TEST_SUITE_P(To, AccessGiven, ::testing::ValuesIn(askers), [](const auto& each) {
    return std::string(json::name_of(each.param));
});

} // namespace
} // namespace dialpine::api
