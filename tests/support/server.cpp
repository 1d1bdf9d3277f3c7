#include "support/server.hpp"

#include "people/accounts.hpp"
#include "people/sessions.hpp"
#include "people/workspaces.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>

#include <deque>

namespace dialpine::support {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {
tcp::endpoint endpoint_of(std::uint16_t port) { return {asio::ip::make_address("127.0.0.1"), port}; }
std::string cookie_of(const std::string& token) { return "__Host-session=" + token; }

Sent with_body(std::string verb, std::string_view path, std::string body, std::vector<http::Header> headers)
{
    headers.emplace_back("Content-Type", "application/json");
    return {std::move(verb), "/api/v1" + std::string(path), std::move(body), std::move(headers)};
}
} // namespace

Json parsed(std::string_view text)
{
    error_code error;
    auto value = boost::json::parse(text, error);
    EXPECT_FALSE(error) << error.message() << ": " << text.substr(0, 300);
    return value;
}

std::string Answer::header(std::string_view lower_case_name) const
{
    for (const auto& [name, value] : headers)
        if (name == lower_case_name) return value;
    return {};
}

Json Answer::at(std::string_view pointer) const
{
    const Json whole = json();
    error_code error;
    const auto* found = whole.find_pointer(pointer, error);
    return found ? *found : Json();
}

std::string Answer::text(std::string_view pointer) const
{
    const Json there = at(pointer);
    return there.is_string() ? std::string(there.get_string()) : std::string();
}

std::int64_t Answer::number(std::string_view pointer) const
{
    const Json there = at(pointer);
    return there.is_int64() ? there.get_int64() : -1;
}

std::size_t Answer::size(std::string_view pointer) const
{
    const Json there = at(pointer);
    if (there.is_array()) return there.get_array().size();
    return there.is_object() ? there.get_object().size() : 0;
}

Sent get(std::string_view path, std::vector<http::Header> headers)
{
    return {"GET", "/api/v1" + std::string(path), {}, std::move(headers)};
}
Sent post(std::string_view path, const Json& body, std::vector<http::Header> headers)
{
    return with_body("POST", path, serialize(body), std::move(headers));
}
Sent put(std::string_view path, const Json& body, std::vector<http::Header> headers)
{
    return with_body("PUT", path, serialize(body), std::move(headers));
}
Sent patch(std::string_view path, const Json& body, std::vector<http::Header> headers)
{
    return with_body("PATCH", path, serialize(body), std::move(headers));
}
Sent del(std::string_view path, std::optional<Json> body, std::vector<http::Header> headers)
{
    if (body) return with_body("DELETE", path, serialize(*body), std::move(headers));
    return {"DELETE", "/api/v1" + std::string(path), {}, std::move(headers)};
}

struct Client::Inside {
    std::uint16_t port = 0;
    std::string token;
    asio::io_context context;
    tcp::socket socket{context};
    beast::flat_buffer buffer;

    void connect()
    {
        socket = tcp::socket(context);
        socket.connect(endpoint_of(port));
        buffer.clear();
    }

    std::optional<Answer> exchange(const bhttp::request<bhttp::string_body>& request)
    {
        error_code error;
        // A server that refuses a body may answer, and close, before all of it is sent: the answer is there to be read.
        bhttp::write(socket, request, error);
        bhttp::response_parser<bhttp::string_body> parser;
        parser.body_limit(boost::none);
        if (request.method() == bhttp::verb::head) parser.skip(true);
        bhttp::read(socket, buffer, parser, error);
        if (error && !parser.is_header_done()) return std::nullopt;
        Answer answer{
            .status = static_cast<int>(parser.get().result_int()), .headers = {}, .body = parser.get().body()
        };
        for (const auto& field : parser.get())
            answer.headers.emplace_back(to_lower_ascii(std::string(field.name_string())), std::string(field.value()));
        if (error || !parser.get().keep_alive()) socket.close(error);
        return answer;
    }
};

Client::Client(std::uint16_t port, std::string token) : inside_(std::make_unique<Inside>())
{
    inside_->port = port;
    inside_->token = std::move(token);
}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
const std::string& Client::token() const { return inside_->token; }
std::uint16_t Client::port() const { return inside_->port; }

Answer Client::send(const Sent& sent)
{
    bhttp::request<bhttp::string_body> request;
    request.method_string(sent.verb);
    request.target(sent.target);
    request.version(11);
    request.set(bhttp::field::host, "127.0.0.1:" + std::to_string(inside_->port));
    const bool is_bearer =
        std::ranges::any_of(sent.headers, [](const auto& each) { return each.first == "Authorization"; });
    if (!inside_->token.empty() && !is_bearer) request.set(bhttp::field::cookie, cookie_of(inside_->token));
    for (const auto& [name, value] : sent.headers) request.set(name, value);
    request.body() = sent.body;
    if (!sent.body.empty() || (sent.verb != "GET" && sent.verb != "HEAD")) request.content_length(sent.body.size());

    const bool was_open = inside_->socket.is_open();
    if (!was_open) inside_->connect();
    auto answer = inside_->exchange(request);
    if (!answer && was_open) {
        inside_->connect(); // the server had closed the old connection
        answer = inside_->exchange(request);
    }
    if (!answer) {
        ADD_FAILURE() << "no answer to " << sent.verb << " " << sent.target;
        return {};
    }
    constexpr std::string_view mark = "__Host-session=";
    if (const auto cookie = answer->header("set-cookie"); cookie.starts_with(mark))
        inside_->token = cookie.substr(mark.size(), cookie.find(';') - mark.size());
    return std::move(*answer);
}

Answer Client::finished_job(std::string_view path)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (std::chrono::steady_clock::now() < end) {
        auto answer = get(path);
        const auto state = answer.text("/state");
        if (state == "done" || state == "failed" || answer.status != 200) return answer;
        std::this_thread::yield();
    }
    ADD_FAILURE() << path << " does not end";
    return {};
}

struct LiveSocket::Inside {
    asio::io_context context;
    beast::websocket::stream<beast::tcp_stream> stream{context};
    beast::flat_buffer buffer;
    bool is_reading = false;
    bool is_closed = false;
    std::deque<Json> messages;

    void read_on()
    {
        if (is_reading || is_closed) return;
        is_reading = true;
        stream.async_read(buffer, [this](error_code error, std::size_t) {
            is_reading = false;
            is_closed = error.failed();
            if (is_closed) return;
            messages.push_back(parsed(beast::buffers_to_string(buffer.data())));
            buffer.consume(buffer.size());
        });
    }
    /// Runs until something came or the time is over.
    void wait_until(std::chrono::steady_clock::time_point end)
    {
        read_on();
        context.restart();
        context.run_one_until(end);
    }
};

LiveSocket::LiveSocket(const Client& client, std::string_view path) : inside_(std::make_unique<Inside>())
{
    auto& stream = inside_->stream;
    beast::get_lowest_layer(stream).connect(endpoint_of(client.port()));
    const std::string cookie = cookie_of(client.token());
    stream.set_option(beast::websocket::stream_base::decorator([cookie](beast::websocket::request_type& request) {
        request.set(bhttp::field::cookie, cookie);
    }));
    stream.handshake("127.0.0.1:" + std::to_string(client.port()), "/api/v1" + std::string(path));
}
LiveSocket::LiveSocket(LiveSocket&&) noexcept = default;
LiveSocket::~LiveSocket()
{
    if (!inside_) return;
    error_code ignored;
    beast::get_lowest_layer(inside_->stream).socket().close(ignored);
    inside_->context.restart();
    inside_->context.run_for(std::chrono::seconds{1});
}

std::optional<Json> LiveSocket::next(std::chrono::milliseconds within)
{
    const auto end = std::chrono::steady_clock::now() + within;
    while (inside_->messages.empty() && !inside_->is_closed && std::chrono::steady_clock::now() < end)
        inside_->wait_until(end);
    if (inside_->messages.empty()) return std::nullopt;
    auto message = std::move(inside_->messages.front());
    inside_->messages.pop_front();
    return message;
}

bool LiveSocket::closes(std::chrono::milliseconds within)
{
    const auto end = std::chrono::steady_clock::now() + within;
    while (!inside_->is_closed && std::chrono::steady_clock::now() < end) inside_->wait_until(end);
    return inside_->is_closed;
}

std::filesystem::path& country_database()
{
    static std::filesystem::path file;
    return file;
}

namespace {
api::HouseSettings settings_for(const std::filesystem::path& data, people::SignUp sign_up)
{
    crypto::initialise();
    return {
        .data = data,
        .public_url = "https://pine.dialpine.example",
        .controller = {},
        .country_database = country_database(),
        .sign_up = sign_up,
        .is_durable = false,
    };
}
} // namespace

RunningHouse::RunningHouse(const std::filesystem::path& data, people::SignUp sign_up)
    : house(settings_for(data, sign_up)), dispatcher_(house),
      server_(
          {.port = 0, .threads = 2},
          [this](const http::Request& request, http::Body& body) { return dispatcher_.answer(request, body); },
          house.slow
      )
{
    server_.listen();
    thread_ = std::thread([this] { server_.run(); });
}

RunningHouse::~RunningHouse()
{
    server_.stop();
    thread_.join();
    house.finish_work(); // what still ends there goes home to the server's threads' contexts
}

std::map<std::string, std::string> RunningHouse::contents()
{
    auto digests = house.database.read([](store::Read& read) {
        std::map<std::string, std::string> tables;
        for (const auto* table : store::all_tables()) {
            std::vector<std::string> rows;
            store::query(read, fmt::format("SELECT * FROM {}", table->name), [&](const store::Statement& row) {
                auto& text = rows.emplace_back();
                for (int i = 0; i < row.column_count(); ++i)
                    text += row.is_null(i) ? "-" : fmt::format("{}:{}", row.blob(i).size(), row.blob(i));
            });
            std::ranges::sort(rows);
            const auto digest = crypto::hash(fmt::format("{}", fmt::join(rows, "|")));
            tables[std::string(table->name)] =
                fmt::format("{} rows, {}", rows.size(), to_hex(crypto::view(digest)).substr(0, 16));
        }
        return tables;
    });
    store::Connection keys((house.settings.data / "keys" / "keys.db").string(), store::Connection::Mode::read);
    digests["keys"] = std::to_string(keys.integer("SELECT count(*) FROM person_keys"));
    return digests;
}

const std::string& password_hash()
{
    static const std::string hash = crypto::hash_password(password);
    return hash;
}

Somebody Served::somebody(const std::string& name, const std::string& email)
{
    struct Made {
        PersonId id;
        std::string token;
    };
    auto made = database().write([&](store::Write& write) {
        const auto id = people::add_account(write, people::Name(name), Email(email), password_hash());
        return Made{
            id, people::start_session(write, id, {"Mozilla/5.0 (X11; Linux) Firefox/128.0", "192.0.2.7"}).token
        };
    });
    return {made.id, name, email, browser(std::move(made.token))};
}

Client Served::another_browser(const Somebody& who)
{
    return browser(database().write([&](store::Write& write) {
        return people::start_session(write, who.id, {"Mozilla/5.0 (Macintosh; Mac OS X) Safari/605", "192.0.2.9"})
            .token;
    }));
}

std::string Served::workspace_of(const Somebody& owner, const std::string& name)
{
    const auto workspace = database().write([&](store::Write& write) {
        return people::create_workspace(write, {.person = owner.id}, {people::Name(name)});
    });
    return "/workspaces/" + to_text(workspace.id);
}

void Served::join(const Somebody& who, std::string_view workspace, people::Role role)
{
    const auto id = parse_uuid(workspace.substr(workspace.rfind('/') + 1)).value_or(Uuid{});
    database().write([&](store::Write& write) {
        store::insert(
            write,
            people::Membership{
                .workspace_id = WorkspaceId(id),
                .person_id = who.id,
                .role = role,
                .created_at = clock_now(),
                .changed_at = clock_now(),
            }
        );
    });
}

Answer Furnished::made(std::string_view path, const Json& wish)
{
    auto answer = mia.client.post(path, wish);
    EXPECT_EQ(answer.status, 201) << path << " " << answer.body;
    return answer;
}

Answer Furnished::task(const std::string& title, boost::json::object wish)
{
    wish["title"] = title;
    return made(web + "/tasks", wish);
}

std::string Furnished::status(std::string_view name)
{
    const Json statuses = mia.client.get(web + "/statuses").at("/items");
    for (const auto& each : statuses.as_array())
        if (each.at("name") == Json(name)) return std::string(each.at("id").as_string());
    ADD_FAILURE() << "no status " << name;
    return {};
}

Answer expect(const Scenario& scenario)
{
    SCOPED_TRACE(fmt::format("{}: {} {}", scenario.name, scenario.send.verb, scenario.send.target));
    auto answer = scenario.as.send(scenario.send);
    EXPECT_EQ(answer.status, scenario.status) << answer.body.substr(0, 500);
    if (!scenario.has.empty())
        EXPECT_NE(answer.body.find(scenario.has), std::string::npos) << answer.body.substr(0, 500);
    if (!scenario.pointer.empty())
        EXPECT_EQ(answer.text("/errors/0/pointer"), scenario.pointer) << answer.body.substr(0, 500);
    if (!scenario.problem.empty())
        EXPECT_EQ(answer.text("/type"), "/problems/" + scenario.problem) << answer.body.substr(0, 500);
    if (answer.status >= 400 && scenario.send.verb != "HEAD") {
        EXPECT_EQ(answer.header("content-type"), "application/problem+json");
        EXPECT_EQ(answer.number("/status"), answer.status);
        EXPECT_FALSE(answer.text("/title").empty());
        EXPECT_FALSE(answer.text("/detail").empty());
    }
    return answer;
}

} // namespace dialpine::support
