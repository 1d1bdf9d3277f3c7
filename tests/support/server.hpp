#pragma once
#include "api/dispatch.hpp"
#include "support/house.hpp"

#include <boost/json.hpp>

#include <map>
#include <memory>
#include <thread>

/// A real server in the test's own process, and those who ask it over real connections.
namespace dialpine::support {

using Json = boost::json::value;

/// The text as JSON; fails the test, and is null, where it is none.
Json parsed(std::string_view text);

struct Answer {
    int status = 0;
    std::vector<http::Header> headers; ///< names in lower case
    std::string body;

    [[nodiscard]] std::string header(std::string_view lower_case_name) const;
    [[nodiscard]] Json json() const { return parsed(body); }
    /// What stands at a JSON pointer; null where nothing does.
    [[nodiscard]] Json at(std::string_view pointer) const;
    /// The text there; empty where there is none.
    [[nodiscard]] std::string text(std::string_view pointer) const;
    [[nodiscard]] std::int64_t number(std::string_view pointer) const;
    /// How many elements the array or object there has.
    [[nodiscard]] std::size_t size(std::string_view pointer) const;
};

/// A request as it goes over the wire.
struct Sent {
    std::string verb;
    std::string target;
    std::string body;
    std::vector<http::Header> headers;
};

// Requests under /api/v1.
Sent get(std::string_view path, std::vector<http::Header> headers = {});
Sent post(std::string_view path, const Json& body, std::vector<http::Header> headers = {});
Sent put(std::string_view path, const Json& body, std::vector<http::Header> headers = {});
Sent patch(std::string_view path, const Json& body, std::vector<http::Header> headers = {});
Sent del(std::string_view path, std::optional<Json> body = {}, std::vector<http::Header> headers = {});

/// A browser: one connection that is kept open, and the session's cookie.
class Client {
public:
    explicit Client(std::uint16_t port, std::string token = {});
    ~Client();
    Client(Client&&) noexcept;

    Answer send(const Sent&);
    Answer get(std::string_view path) { return send(support::get(path)); }
    Answer post(std::string_view path, const Json& body = Json(boost::json::object()))
    {
        return send(support::post(path, body));
    }
    Answer patch(std::string_view path, const Json& body) { return send(support::patch(path, body)); }
    Answer del(std::string_view path, std::optional<Json> body = {})
    {
        return send(support::del(path, std::move(body)));
    }
    /// Asks until the job there is over.
    Answer finished_job(std::string_view path);

    [[nodiscard]] const std::string& token() const;
    [[nodiscard]] std::uint16_t port() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// An open WebSocket of an API path, asked by cookie.
class LiveSocket {
public:
    LiveSocket(const Client&, std::string_view path);
    ~LiveSocket();
    LiveSocket(LiveSocket&&) noexcept;
    /// The next message; absent if the socket closed, or none came within this time.
    std::optional<Json> next(std::chrono::milliseconds within);
    /// Whether the other side closes within this time, whatever it sends before.
    bool closes(std::chrono::milliseconds within);

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// The country database of houses that start from now on; none when empty.
std::filesystem::path& country_database();

class RunningHouse {
public:
    explicit RunningHouse(const std::filesystem::path& data, people::SignUp sign_up = people::SignUp::open);
    ~RunningHouse();
    RunningHouse(const RunningHouse&) = delete;
    RunningHouse& operator=(const RunningHouse&) = delete;
    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    /// A digest of every table's rows, and the number of keys: what must not change.
    std::map<std::string, std::string> contents();

    api::House house;

private:
    api::Dispatcher dispatcher_;
    http::Server server_;
    std::thread thread_;
};

/// The password of everybody in these tests.
inline constexpr std::string_view password = "correct horse battery";
/// Its hash, made once: making one is slow by purpose.
const std::string& password_hash();

/// A person with an account, and their browser.
struct Somebody {
    PersonId id;
    std::string name;
    std::string email;
    Client client;
};

/// The workspace Pine with Mia, its owner and the instance's operator, Ada, an admin, Max, a member, and Gus, a guest.
/// Eve owns a workspace elsewhere.
class Served : public ::testing::Test {
protected:
    Served() : Served(people::SignUp::open) {}
    explicit Served(people::SignUp sign_up) : running(folder.path(), sign_up) {}

    Somebody somebody(const std::string& name, const std::string& email);
    Client browser(std::string token = {}) const { return Client(running.port(), std::move(token)); }
    std::string workspace_of(const Somebody& owner, const std::string& name);
    void join(const Somebody&, std::string_view workspace, people::Role);

    /// One more browser in which this person is signed in.
    Client another_browser(const Somebody&);
    std::map<std::string, std::string> contents() { return running.contents(); }
    store::Database& database() { return running.house.database; }

    Folder folder;
    RunningHouse running;
    Somebody mia = somebody("Mia Example", "mia@dialpine.example");
    Somebody ada = somebody("Ada Example", "ada@dialpine.example");
    Somebody max = somebody("Max Example", "max@dialpine.example");
    Somebody gus = somebody("Gus Example", "gus@dialpine.example");
    Somebody eve = somebody("Eve Elsewhere", "eve@dialpine.example");
    Client stranger = browser();
    std::string pine = workspace_of(mia, "Pine");           ///< `/workspaces/ID`
    std::string elsewhere = workspace_of(eve, "Elsewhere"); ///< the same, of Eve's

    struct Join {
        explicit Join(Served& at)
        {
            at.join(at.ada, at.pine, people::Role::admin);
            at.join(at.max, at.pine, people::Role::member);
            at.join(at.gus, at.pine, people::Role::guest);
        }
    } joined{*this};
};

/// A workspace with one of everything in it.
class Furnished : public Served {
protected:
    /// A new object by the API, as Mia; fails the test if it is not created.
    Answer made(std::string_view path, const Json& wish);
    Answer task(const std::string& title, boost::json::object wish = {});
    std::string task_path(const Answer& task) const { return pine + "/tasks/" + task.text("/id"); }
    /// The id of a project's status by its name.
    std::string status(std::string_view name);

    Answer project = made(pine + "/projects", {{"name", "Website"}, {"key", "WEB"}});
    std::string web = pine + "/projects/" + project.text("/id"); ///< the project's path
};

/// One request and what must come of it.
struct Scenario {
    std::string name;
    Client& as;
    Sent send;
    int status = 200;
    std::string has = {};     ///< stands in the answer
    std::string pointer = {}; ///< of the first error
    std::string problem = {}; ///< the last part of its type
};

/// Fails the test where an answer is not as the scenario says, or is no problem by RFC 9457 where it refuses.
Answer expect(const Scenario&);

} // namespace dialpine::support
